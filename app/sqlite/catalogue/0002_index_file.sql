-- +goose Up
DROP TABLE search_index;
CREATE TABLE search_index (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	stamp TEXT NOT NULL,
	file  TEXT NOT NULL
);
