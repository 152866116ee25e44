-- +goose Up
CREATE TABLE letter (
	id         TEXT PRIMARY KEY,
	topic      TEXT NOT NULL,
	name       TEXT NOT NULL,
	email      TEXT NOT NULL,
	subject    TEXT NOT NULL,
	body       TEXT NOT NULL,
	made_at    BIGINT NOT NULL,
	state      TEXT NOT NULL,
	since      BIGINT NOT NULL,
	tries      INTEGER NOT NULL,
	next_try   BIGINT NOT NULL,
	problem    TEXT NOT NULL,
	said       TEXT NOT NULL
);
CREATE INDEX letter_state ON letter (state, made_at);
CREATE TABLE reader (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	email   TEXT NOT NULL UNIQUE,
	pace    TEXT NOT NULL,
	apps    TEXT NOT NULL,
	next_at BIGINT NOT NULL
);
CREATE TABLE mailed (
	reader   TEXT NOT NULL REFERENCES reader (id) ON DELETE CASCADE,
	alert_id TEXT NOT NULL,
	severity TEXT NOT NULL,
	PRIMARY KEY (reader, alert_id)
);
