-- +goose Up
CREATE TABLE feed (
	id            TEXT PRIMARY KEY,
	kind          TEXT NOT NULL,
	name          TEXT NOT NULL,
	url           TEXT NOT NULL,
	rank          INTEGER NOT NULL,
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	synced_at     BIGINT NOT NULL,
	tried_at      BIGINT NOT NULL,
	listings      INTEGER NOT NULL,
	set_aside     INTEGER NOT NULL,
	code          TEXT NOT NULL,
	message       TEXT NOT NULL,
	collections   TEXT NOT NULL
);
CREATE TABLE listing (
	feed_id  TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
	slug     TEXT NOT NULL,
	document BYTEA NOT NULL,
	card     TEXT NOT NULL,
	PRIMARY KEY (feed_id, slug)
);
CREATE INDEX listing_slug ON listing (slug);
CREATE TABLE set_aside (
	feed_id  TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
	slug     TEXT NOT NULL,
	problems TEXT NOT NULL
);
CREATE TABLE search_index (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	stamp TEXT NOT NULL,
	data  BYTEA NOT NULL
);
