/**
 * Loads what shows results. It is not part of the front page, so whoever knows that
 * somebody is about to search calls this first.
 */
export const loadResults = () => import('./ResultsView');
