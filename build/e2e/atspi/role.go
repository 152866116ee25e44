package atspi

import (
	"fmt"
	"slices"
	"strings"
)

// Role is what kind of element something is, in ARIA's words where they exist.
type Role string

// roles are the numbers of AtspiRole (at-spi2-core, atspi-constants.h) that
// pages and their windows use. Several numbers may share a word: whether a
// button toggles or opens a menu is a state, not another thing to look for
// (WebKitGTK calls a button with aria-haspopup a combo box).
var roles = map[uint32]Role{
	2: "alert", 7: "check box", 8: "menu item", 11: "button", 14: "desktop",
	16: "dialog", 19: "dialog", 20: "filler", 23: "window", 27: "image", 28: "frame",
	29: "label", 31: "list", 32: "list item", 33: "menu", 34: "menu bar",
	35: "menu item", 37: "tab", 38: "tab list", 39: "panel", 40: "text field",
	41: "menu", 42: "progress bar", 43: "button", 44: "radio button",
	45: "menu item", 48: "scroll bar", 49: "scroll pane", 50: "separator",
	51: "slider", 52: "text field", 54: "status", 55: "table", 56: "cell",
	57: "column header", 58: "row header", 61: "text", 62: "button",
	63: "tool bar", 64: "tooltip", 65: "tree", 66: "tree table", 69: "window",
	71: "header", 72: "footer", 73: "paragraph", 75: "application",
	78: "embedded", 79: "text field", 81: "caption", 82: "document",
	83: "heading", 85: "section", 87: "form", 88: "link", 90: "row",
	91: "tree item", 95: "document", 98: "list", 99: "group",
	101: "notification", 103: "meter", 105: "quote", 109: "article",
	110: "landmark", 111: "log", 115: "timer", 116: "text", 121: "list",
	122: "term", 123: "definition", 129: "button",
}

// aliases are AT-SPI's and ARIA's other words for the same.
var aliases = map[Role]Role{
	"push button": "button", "toggle button": "button", "page tab": "tab",
	"entry": "text field", "textbox": "text field", "searchbox": "text field",
	"checkbox": "check box", "radio": "radio button", "combo box": "button",
	"option": "list item", "navigation": "landmark", "static": "text",
}

func roleOf(number uint32) Role {
	if r, ok := roles[number]; ok {
		return r
	}
	return Role(fmt.Sprintf("role %d", number))
}

// word is the role as elements carry it.
func (r Role) word() Role {
	if a, ok := aliases[r]; ok {
		return a
	}
	return r
}

// matcher tells the roles that r, which may be several between bars, stands for.
func (r Role) matcher() func(Role) bool {
	if r == "" {
		return func(Role) bool { return true }
	}
	var wanted []Role
	for _, one := range strings.Split(string(r), "|") {
		wanted = append(wanted, Role(one).word())
	}
	return func(x Role) bool { return slices.Contains(wanted, x) }
}
