-- +goose Up
-- What lists of results are made of comes before the long document, whose pages
-- would have to be read to get at it.
CREATE TABLE listing_card_first (
	feed_id  TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
	slug     TEXT NOT NULL,
	card     TEXT NOT NULL,
	document BYTEA NOT NULL,
	PRIMARY KEY (feed_id, slug)
);
INSERT INTO listing_card_first (feed_id, slug, card, document)
SELECT feed_id, slug, card, document FROM listing;
DROP TABLE listing;
ALTER TABLE listing_card_first RENAME TO listing;
CREATE INDEX listing_slug ON listing (slug);
