package oauth

// RoomFor is how many connections a listener holds at once.
const RoomFor = roomFor
