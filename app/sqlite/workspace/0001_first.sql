-- +goose Up
CREATE TABLE account (
	id         INTEGER PRIMARY KEY CHECK (id = 1),
	name       TEXT NOT NULL,
	language   TEXT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE TABLE person (
	id                 TEXT PRIMARY KEY,
	name               TEXT NOT NULL,
	email              TEXT NOT NULL UNIQUE,
	super_admin        INTEGER NOT NULL,
	marketplace_access INTEGER NOT NULL,
	created_at         BIGINT NOT NULL
);
CREATE TABLE preference (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);
CREATE TABLE notice (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	at      BIGINT NOT NULL
);
CREATE TABLE connection (
	id              TEXT PRIMARY KEY,
	slug            TEXT NOT NULL,
	app             TEXT NOT NULL,
	name            TEXT NOT NULL,
	purpose         TEXT NOT NULL,
	owner           TEXT NOT NULL,
	account_id      TEXT NOT NULL,
	account_name    TEXT NOT NULL,
	state           TEXT NOT NULL,
	state_since     BIGINT NOT NULL,
	reason          TEXT NOT NULL,
	connected_at    BIGINT NOT NULL,
	checked_at      BIGINT NOT NULL,
	used_at         BIGINT NOT NULL,
	requested       TEXT NOT NULL,
	granted         TEXT NOT NULL,
	variables       TEXT NOT NULL,
	expires_at      BIGINT NOT NULL,
	renewal_dies    BIGINT NOT NULL,
	renewal_started BIGINT NOT NULL,
	failures        INTEGER NOT NULL,
	replaces        TEXT NOT NULL,
	version         BIGINT NOT NULL,
	sealed          BYTEA NOT NULL
);
CREATE TABLE client (
	key      TEXT PRIMARY KEY,
	id       TEXT NOT NULL,
	auth     TEXT NOT NULL,
	sealed   BYTEA,
	saved_at BIGINT NOT NULL
);
CREATE TABLE activity (
	id            TEXT PRIMARY KEY,
	at            BIGINT NOT NULL,
	what          TEXT NOT NULL,
	connection_id TEXT NOT NULL,
	slug          TEXT NOT NULL,
	app           TEXT NOT NULL,
	account       TEXT NOT NULL,
	person        TEXT NOT NULL,
	note          TEXT NOT NULL
);
CREATE INDEX activity_at ON activity (at);
CREATE INDEX activity_connection ON activity (connection_id, at);
CREATE TABLE receipt (
	id       TEXT PRIMARY KEY,
	at       BIGINT NOT NULL,
	document TEXT NOT NULL
);
CREATE TABLE revocation (
	id         TEXT PRIMARY KEY,
	receipt_id TEXT NOT NULL,
	app        TEXT NOT NULL,
	account    TEXT NOT NULL,
	variables  TEXT NOT NULL,
	sealed     BYTEA NOT NULL,
	tries      INTEGER NOT NULL,
	next_try   BIGINT NOT NULL
);
CREATE TABLE alert (
	id            TEXT PRIMARY KEY,
	kind          TEXT NOT NULL,
	severity      TEXT NOT NULL,
	connection_id TEXT NOT NULL,
	slug          TEXT NOT NULL,
	app           TEXT NOT NULL,
	account       TEXT NOT NULL,
	since         BIGINT NOT NULL,
	last_seen     BIGINT NOT NULL,
	count         INTEGER NOT NULL,
	detail        TEXT NOT NULL,
	shown_at      BIGINT NOT NULL,
	quiet_since   BIGINT NOT NULL,
	snoozed_until BIGINT NOT NULL,
	ignored       INTEGER NOT NULL,
	told_at       BIGINT NOT NULL,
	told_as       TEXT NOT NULL,
	ended         BIGINT NOT NULL,
	how           TEXT NOT NULL
);
CREATE INDEX alert_ended ON alert (ended);
