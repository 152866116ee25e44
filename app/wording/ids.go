package wording

// Sentences for the terminal, said when Patchbay cannot open a window.
const (
	// StartNoDisplay: there is no screen to open a window on.
	StartNoDisplay = "start.no_display"
	// StartDataFolder: the data folder {{.Folder}} cannot be created or written.
	StartDataFolder = "start.data_folder"
	// StartAlreadyRunning: another Patchbay holds the data folder.
	StartAlreadyRunning = "start.already_running"
	// StartDiskFull: the disk of {{.Folder}} has no room left.
	StartDiskFull = "start.disk_full"
	// StartWorkspaceDamaged: workspace.db is damaged; {{.Folder}} holds the copies.
	StartWorkspaceDamaged = "start.workspace_damaged"
	// StartWorkspaceNewer: workspace.db was written by a newer Patchbay.
	StartWorkspaceNewer = "start.workspace_newer"
	// StartFailed: anything else; {{.Reason}} is the technical reason.
	StartFailed = "start.failed"
	// StartKeychainAbsent: no keychain service answers.
	StartKeychainAbsent = "start.keychain_absent"
	// StartKeychainLocked: the keychain is locked.
	StartKeychainLocked = "start.keychain_locked"
	// StartKeychainKeyLost: the keychain no longer holds Patchbay's key.
	StartKeychainKeyLost = "start.keychain_key_lost"
	// StartNoDesktopBus: no session D-Bus, so no notifications and no keychain.
	StartNoDesktopBus = "start.no_desktop_bus"
	// StartPortInUse: the port {{.Port}} is taken by another program.
	StartPortInUse = "start.port_in_use"
)

// Sentences for the page that the browser shows at the end of a sign-in. The
// page never names the app: a stranger may be looking (security case A20).
const (
	// AnswerDoneTitle and AnswerDone: the sign-in arrived; the window may be closed.
	AnswerDoneTitle = "answer.done_title"
	AnswerDone      = "answer.done"
	// AnswerDeclinedTitle and AnswerDeclined: the person or the provider said no.
	AnswerDeclinedTitle = "answer.declined_title"
	AnswerDeclined      = "answer.declined"
	// AnswerFailedTitle and AnswerFailed: the answer came, but signing in did not work.
	AnswerFailedTitle = "answer.failed_title"
	AnswerFailed      = "answer.failed"
	// AnswerFinishedTitle and AnswerFinished: this sign-in was already answered.
	AnswerFinishedTitle = "answer.finished_title"
	AnswerFinished      = "answer.finished"
	// AnswerRefusedTitle and AnswerRefused: the request did not belong to a sign-in.
	AnswerRefusedTitle = "answer.refused_title"
	AnswerRefused      = "answer.refused"
)

// Titles of the dialogs that ask where to save a file.
const (
	SaveActivity = "save.activity"
	SaveReceipt  = "save.receipt"
)

// UninstallWord is what a person types to confirm an uninstall.
const UninstallWord = "uninstall.word"

// Declared lists every id above, for the test that no sentence is left over.
var Declared = []string{
	UninstallWord, SaveActivity, SaveReceipt,
	StartNoDisplay, StartDataFolder, StartAlreadyRunning, StartDiskFull,
	StartWorkspaceDamaged, StartWorkspaceNewer, StartFailed, StartKeychainAbsent,
	StartKeychainLocked, StartKeychainKeyLost, StartNoDesktopBus, StartPortInUse,
	AnswerDoneTitle, AnswerDone, AnswerDeclinedTitle, AnswerDeclined,
	AnswerFailedTitle, AnswerFailed, AnswerFinishedTitle, AnswerFinished, AnswerRefusedTitle, AnswerRefused,
}
