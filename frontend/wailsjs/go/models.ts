export namespace bridge {
	
	export interface Person {
	    id: string;
	    name: string;
	    email: string;
	    superAdmin: boolean;
	    marketplaceAccess: boolean;
	}
	export interface Account {
	    name: string;
	    language: string;
	    me: Person;
	    people: Person[];
	}
	export interface Activity {
	    id: string;
	    at: number;
	    what: string;
	    connectionID: string;
	    slug: string;
	    app: string;
	    account: string;
	    person: string;
	    note: string;
	}
	export interface ActivityFilter {
	    what: string;
	    slug: string;
	    connectionID: string;
	    news: boolean;
	    before: number;
	    limit: number;
	}
	export interface Age {
	    syncedAt: number;
	    listings: number;
	}
	export interface Detail {
	    label: string;
	    value: string;
	}
	export interface Icon {
	    brand: string;
	    color: string;
	}
	export interface Alert {
	    id: string;
	    kind: string;
	    severity: string;
	    connectionID: string;
	    slug: string;
	    app: string;
	    icon: Icon;
	    account: string;
	    since: number;
	    lastSeen: number;
	    count: number;
	    title: string;
	    sentence: string;
	    sinceText: string;
	    stateText: string;
	    effect: string;
	    steps: string[];
	    remedy: string;
	    remedyLabel: string;
	    details: Detail[];
	    snoozedUntil: number;
	    ignored: boolean;
	    endedAt: number;
	    how: string;
	}
	export interface Option {
	    value: string;
	    name: string;
	}
	export interface Attempt {
	    id: string;
	    slug: string;
	    app: string;
	    icon: Icon;
	    reconnect: string;
	    phase: string;
	    host: string;
	    url: string;
	    window: string;
	    userCode: string;
	    verifyURL: string;
	    expires: number;
	    code: string;
	    field: string;
	    message: string;
	    connectionID: string;
	    account: string;
	    other: string;
	    what: string;
	    options: Option[];
	    pastes: string;
	}
	export interface Mark {
	    start: number;
	    end: number;
	}
	export interface Card {
	    slug: string;
	    name: string;
	    tagline: string;
	    language: string;
	    publisher: string;
	    verified: boolean;
	    icon: Icon;
	    categories: string[];
	    pricing: string;
	    certified: boolean;
	    builtByUs: boolean;
	    sandbox: boolean;
	    installed: boolean;
	    nameMarks: Mark[];
	    taglineMarks: Mark[];
	}
	export interface FeedName {
	    id: string;
	    name: string;
	}
	export interface Clash {
	    slug: string;
	    feeds: FeedName[];
	}
	export interface Clashes {
	    total: number;
	    shown: Clash[];
	}
	export interface ClientEntry {
	    clientID: string;
	    clientSecret: string;
	    redirectURI: string;
	    expiresAt: number;
	}
	export interface NamedValue {
	    name: string;
	    value: string;
	}
	export interface ClientPlace {
	    connectionID: string;
	    slug: string;
	    variables: NamedValue[];
	}
	export interface ClientSetup {
	    asks: string[];
	    hosts: string[];
	    slug: string;
	    app: string;
	    console: string;
	    appType: string;
	    redirectURI: string;
	    ownRedirect: boolean;
	    steps: string[];
	    secretNeeded: boolean;
	    clientID: string;
	    hasSecret: boolean;
	    forbidden: string;
	    expiresAt: number;
	}
	export interface Collection {
	    id: string;
	    title: string;
	    description: string;
	    cards: Card[];
	}
	export interface ConnectOptions {
	    variables: NamedValue[];
	    optional: string[];
	    window: string;
	    key: string;
	}
	export interface Variable {
	    name: string;
	    label: string;
	    help: string;
	    pattern: string;
	    example: string;
	    default: string;
	}
	export interface Connecting {
	    kind: string;
	    grant: string;
	    client: string;
	    forbidden: string;
	    httpsOnly: boolean;
	    hosts: string[];
	    variables: Variable[];
	    notes: string[];
	    unverified: boolean;
	    keyLabel: string;
	    keyHelp: string;
	    keyPage: string;
	}
	export interface Connection {
	    id: string;
	    slug: string;
	    app: string;
	    icon: Icon;
	    sandbox: boolean;
	    account: string;
	    name: string;
	    purpose: string;
	    owner: string;
	    state: string;
	    stateSince: number;
	    connectedAt: number;
	    checkedAt: number;
	    usedAt: number;
	    renewalDies: number;
	    alerts: number;
	}
	export interface Permission {
	    scope: string;
	    reason: string;
	    access: string;
	    optional: boolean;
	}
	export interface GrantedPermission {
	    permission: Permission;
	    asked: boolean;
	    granted: boolean;
	}
	export interface ConnectionDetail {
	    connection: Connection;
	    accountID: string;
	    permissions: GrantedPermission[];
	    activity: Activity[];
	    technical: Detail[];
	    expiresAt: number;
	    diagnostics: string;
	}
	export interface Consent {
	    connectionID: string;
	    account: string;
	    asks: string[];
	}
	export interface Dependent {
	    kind: string;
	    id: string;
	    name: string;
	}
	
	export interface Dropped {
	    facet: string;
	    value: string;
	    count: number;
	}
	export interface Expiry {
	    connectionID: string;
	    slug: string;
	    app: string;
	    icon: Icon;
	    account: string;
	    what: string;
	    at: number;
	    byItself: boolean;
	}
	export interface FacetValue {
	    value: string;
	    name: string;
	    count: number;
	}
	export interface Facet {
	    id: string;
	    values: FacetValue[];
	}
	
	export interface Feed {
	    id: string;
	    kind: string;
	    name: string;
	    url: string;
	    syncedAt: number;
	    triedAt: number;
	    listings: number;
	    setAside: number;
	    code: string;
	    message: string;
	}
	
	export interface Filter {
	    facet: string;
	    values: string[];
	}
	export interface FirstStart {
	    accountName: string;
	    language: string;
	    personName: string;
	    email: string;
	}
	
	export interface Home {
	    collections: Collection[];
	    categories: FacetValue[];
	}
	
	export interface InstallState {
	    allowed: boolean;
	    reason: string;
	    connections: string[];
	}
	export interface Keychain {
	    state: string;
	    detail: string;
	}
	export interface Letter {
	    id: string;
	    to: string;
	    subject: string;
	    body: string;
	    state: string;
	    since: number;
	    madeAt: number;
	    nextTry: number;
	    problem: string;
	    said: string;
	}
	export interface TrustRule {
	    rule: string;
	    verdict: string;
	    evidence: string;
	    link: string;
	}
	export interface Operation {
	    id: string;
	    name: string;
	    description: string;
	    unverified: boolean;
	}
	export interface SharedData {
	    accountObject: string;
	    appObject: string;
	    direction: string;
	    note: string;
	}
	export interface Plan {
	    name: string;
	    monthly: number;
	    yearly: number;
	    currency: string;
	    note: string;
	    features: string[];
	}
	export interface Pricing {
	    model: string;
	    plans: Plan[];
	    page: string;
	    checked: string;
	}
	export interface Privacy {
	    marketplaceTerms: boolean;
	    policy: string;
	    dataProcessing: string;
	}
	export interface Support {
	    by: string;
	    email: string;
	    page: string;
	    chat: string;
	    phone: string;
	    languages: string[];
	}
	export interface Resources {
	    setupGuide: string;
	    documentation: string;
	    statusPage: string;
	    terms: string;
	    support: Support[];
	}
	export interface Requirement {
	    product: string;
	    tier: string;
	    note: string;
	}
	export interface Screenshot {
	    url: string;
	    alt: string;
	}
	export interface Listing {
	    card: Card;
	    publisherSite: string;
	    verifiedDomain: string;
	    certifiedSince: string;
	    firstPublished: string;
	    version: string;
	    checked: string;
	    languages: string[];
	    descriptionHTML: string;
	    describedIn: string;
	    features: string[];
	    screenshots: Screenshot[];
	    demoVideo: string;
	    installs: number;
	    rating: number;
	    ratings: number;
	    worksWith: string[];
	    accountNeeds: Requirement[];
	    appNeeds: Requirement[];
	    resources: Resources;
	    privacy: Privacy;
	    pricing: Pricing;
	    sharedData: SharedData[];
	    permissions: Permission[];
	    actions: Operation[];
	    triggers: Operation[];
	    connecting: Connecting;
	    trust: TrustRule[];
	    install: InstallState;
	    feeds: FeedName[];
	    consents: Consent[];
	}
	export interface MailEntry {
	    host: string;
	    port: number;
	    security: string;
	    user: string;
	    password: string;
	    fromName: string;
	    fromEmail: string;
	}
	export interface MailOutcome {
	    problem: string;
	    said: string;
	}
	export interface MailReader {
	    id: string;
	    name: string;
	    email: string;
	    pace: string;
	    apps: string[];
	    nextAt: number;
	}
	export interface MailServer {
	    known: boolean;
	    host: string;
	    port: number;
	    security: string;
	    user: string;
	    hasPassword: boolean;
	    fromName: string;
	    fromEmail: string;
	    problem: string;
	    said: string;
	}
	
	
	export interface Notice {
	    id: string;
	    kind: string;
	    subject: string;
	    at: number;
	}
	
	
	
	
	
	export interface Preferences {
	    showSandbox: boolean;
	    signInWindow: string;
	    notifications: boolean;
	    quietFrom: string;
	    quietTo: string;
	    quietLetCritical: boolean;
	    closing: string;
	    railCollapsed: boolean;
	}
	
	
	export interface Progress {
	    feed: string;
	    bytes: number;
	    size: number;
	    listings: number;
	    count: number;
	}
	export interface UninstallStep {
	    id: string;
	    text: string;
	    link: string;
	    done: boolean;
	}
	export interface Receipt {
	    id: string;
	    connectionID: string;
	    slug: string;
	    app: string;
	    account: string;
	    at: number;
	    person: string;
	    revoked: string;
	    revokeDetail: string;
	    revokePage: string;
	    nextTry: number;
	    tries: number;
	    removed: Detail[];
	    kept: Detail[];
	    steps: UninstallStep[];
	}
	
	
	export interface Results {
	    total: number;
	    cards: Card[];
	    facets: Facet[];
	    drop: Dropped[];
	}
	export interface SavedSearch {
	    name: string;
	    query: string;
	}
	
	export interface Search {
	    text: string;
	    filters: Filter[];
	    sort: string;
	    offset: number;
	    limit: number;
	}
	export interface SetAside {
	    slug: string;
	    reasons: string[];
	}
	
	export interface Status {
	    version: string;
	    dataFolder: string;
	    language: string;
	    firstStart: boolean;
	    offline: boolean;
	    keychain: Keychain;
	    notices: Notice[];
	    catalogue: Age;
	}
	
	
	export interface UninstallPreview {
	    connectionID: string;
	    app: string;
	    account: string;
	    phrase: string;
	    canRevoke: boolean;
	    revokePage: string;
	    dependents: Dependent[];
	    others: Connection[];
	    steps: UninstallStep[];
	    canPause: boolean;
	}
	

}

