/**
 * Draws the outline of index.html before the program is even read: WebKit shows
 * nothing of a page until it has loaded, and a script in its head is a part of it.
 */
addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => import('./main'))));
