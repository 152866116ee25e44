import type { Listing } from '../../bridge/types';

const sections = [
  'overview',
  'screenshots',
  'pricing',
  'sharedData',
  'permissions',
  'workflows',
  'requirements',
  'connecting',
] as const;
export type SectionID = (typeof sections)[number];

const present: Record<SectionID, (listing: Listing) => boolean> = {
  overview: () => true,
  screenshots: (listing) => listing.screenshots.length > 0,
  pricing: () => true,
  sharedData: (listing) => listing.sharedData.length > 0,
  permissions: (listing) => listing.permissions.length > 0,
  workflows: (listing) => listing.actions.length + listing.triggers.length > 0,
  requirements: (listing) => listing.accountNeeds.length + listing.appNeeds.length > 0,
  connecting: () => true,
};

/** The parts that a listing has data for, in the order of the page. */
export function sectionsOf(listing: Listing): SectionID[] {
  return sections.filter((section) => present[section](listing));
}
