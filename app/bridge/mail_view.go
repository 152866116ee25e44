package bridge

// MailServer is the mail server that e-mails go out through. Known is false while
// none is set up. Security is "starttls", "tls" or "none"; HasPassword says that
// one is stored. Problem is what was wrong when it was last used, in one word of
// app/outbox, "" for nothing, and Said the server's own words.
type MailServer struct {
	Known       bool   `json:"known"`
	Host        string `json:"host"`
	Port        int    `json:"port"`
	Security    string `json:"security"`
	User        string `json:"user"`
	HasPassword bool   `json:"hasPassword"`
	FromName    string `json:"fromName"`
	FromEmail   string `json:"fromEmail"`
	Problem     string `json:"problem"`
	Said        string `json:"said"`
}

// MailEntry is what was entered for a mail server. An empty Password keeps the
// stored one, a Port of 0 is the usual one.
type MailEntry struct {
	Host      string `json:"host"`
	Port      int    `json:"port"`
	Security  string `json:"security"`
	User      string `json:"user"`
	Password  string `json:"password"`
	FromName  string `json:"fromName"`
	FromEmail string `json:"fromEmail"`
}

// MailOutcome says how speaking to the server went: Problem is "" if all is well.
type MailOutcome struct {
	Problem string `json:"problem"`
	Said    string `json:"said"`
}

// MailReader is somebody who gets alerts by e-mail. Pace is "immediate", "hourly"
// or "daily"; without Apps it is about all. Without an ID it is a new one. NextAt
// is the earliest time for the next e-mail, 0 for any.
type MailReader struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Email  string   `json:"email"`
	Pace   string   `json:"pace"`
	Apps   []string `json:"apps"`
	NextAt int64    `json:"nextAt"`
}

// Letter is one e-mail that was made. State is "waiting", "sending", "sent",
// "failed" or "unknown", which is: it may have arrived.
type Letter struct {
	ID      string `json:"id"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
	State   string `json:"state"`
	Since   int64  `json:"since"`
	MadeAt  int64  `json:"madeAt"`
	NextTry int64  `json:"nextTry"`
	Problem string `json:"problem"`
	Said    string `json:"said"`
}
