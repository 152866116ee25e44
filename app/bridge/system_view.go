package bridge

// Status is what the frame of the window shows: whether this machine is online,
// whether secrets can be read, and what happened to the data since last time.
type Status struct {
	Version    string   `json:"version"`
	DataFolder string   `json:"dataFolder"`
	Language   string   `json:"language"`
	FirstStart bool     `json:"firstStart"`
	Offline    bool     `json:"offline"`
	Keychain   Keychain `json:"keychain"`
	Notices    []Notice `json:"notices"`
	Catalogue  Age      `json:"catalogue"`
}

// Keychain is the state of the secret store: "ready", "absent", "locked",
// "key_lost" or "checking".
type Keychain struct {
	State  string `json:"state"`
	Detail string `json:"detail"`
}

// Notice tells once of something that happened to the data: "workspace_restored",
// "workspace_lost", "catalogue_rebuilt", "sandbox_port", "notifications_off",
// "no_session_bus" or "data_folder_synced". Subject is a file, port or date that the sentence names.
type Notice struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	At      int64  `json:"at"`
}

// Age says when the catalogue was last brought up to date and how big it is.
type Age struct {
	SyncedAt int64 `json:"syncedAt"`
	Listings int   `json:"listings"`
}
