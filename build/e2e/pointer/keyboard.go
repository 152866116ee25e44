package pointer

import (
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// named are the X keysyms (keysymdef.h) of keys that print nothing.
var named = map[string]xproto.Keysym{
	"BackSpace": 0xff08, "Tab": 0xff09, "Enter": 0xff0d, "Escape": 0xff1b,
	"Delete": 0xffff, "Home": 0xff50, "Left": 0xff51, "Up": 0xff52,
	"Right": 0xff53, "Down": 0xff54, "PageUp": 0xff55, "PageDown": 0xff56,
	"End": 0xff57, "F1": 0xffbe, "F4": 0xffc1, "F5": 0xffc2, "F10": 0xffc7, "Menu": 0xff67,
	"Space": 0x20, "Shift": 0xffe1, "Ctrl": 0xffe3, "Alt": 0xffe9,
}

// keymap says where on the keyboard a character is.
type keymap struct {
	where map[xproto.Keysym]stroke
	spare []xproto.Keycode // keys that print nothing yet
	width byte             // keysyms per key
}

type stroke struct {
	code  xproto.Keycode
	shift bool
}

func readKeymap(x *xgb.Conn) (keymap, error) {
	setup := xproto.Setup(x)
	count := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	got, err := xproto.GetKeyboardMapping(x, setup.MinKeycode, count).Reply()
	if err != nil {
		return keymap{}, fmt.Errorf("read the keyboard: %w", err)
	}
	m := keymap{where: map[xproto.Keysym]stroke{}, width: got.KeysymsPerKeycode}
	for i := 0; i < int(count); i++ {
		code := setup.MinKeycode + xproto.Keycode(i)
		syms := got.Keysyms[i*int(m.width) : (i+1)*int(m.width)]
		if syms[0] == 0 {
			m.spare = append(m.spare, code)
			continue
		}
		for level, sym := range syms[:min(2, len(syms))] {
			if _, taken := m.where[sym]; !taken {
				m.where[sym] = stroke{code, level == 1}
			}
		}
	}
	return m, nil
}

// Type types text, one key after the other. Characters that the keyboard does
// not have, such as ą or ł, get a key of their own for as long as the display
// lives; a line break presses Enter.
func (d *Device) Type(text string) error {
	for _, r := range text {
		sym := keysym(r)
		if r == '\n' {
			sym = named["Enter"]
		}
		s, err := d.stroke(sym)
		if err != nil {
			return fmt.Errorf("type %q: %w", r, err)
		}
		if err := d.press(s); err != nil {
			return err
		}
	}
	return nil
}

// Press presses one key or a chord such as "Escape", "Ctrl+K" or "Shift+Tab".
// Letters in chords stand for their unshifted key.
func (d *Device) Press(chord string) error {
	parts := strings.Split(chord, "+")
	var codes []xproto.Keycode
	for _, name := range parts {
		sym, ok := named[name]
		if !ok {
			letters := []rune(strings.ToLower(name))
			if len(letters) != 1 {
				return fmt.Errorf("no key is called %q", name)
			}
			sym = keysym(letters[0])
		}
		s, err := d.stroke(sym)
		if err != nil {
			return err
		}
		codes = append(codes, s.code)
	}
	return d.hold(codes)
}

// hold presses keys in order and lets go of them in reverse.
func (d *Device) hold(codes []xproto.Keycode) error {
	for _, c := range codes {
		if err := d.fake(xproto.KeyPress, byte(c), image.Point{}); err != nil {
			return err
		}
	}
	time.Sleep(stepPause)
	for i := len(codes) - 1; i >= 0; i-- {
		if err := d.fake(xproto.KeyRelease, byte(codes[i]), image.Point{}); err != nil {
			return err
		}
	}
	time.Sleep(stepPause)
	return nil
}

func (d *Device) press(s stroke) error {
	codes := []xproto.Keycode{s.code}
	if s.shift {
		codes = []xproto.Keycode{d.keys.where[named["Shift"]].code, s.code}
	}
	return d.hold(codes)
}

// stroke finds the key for a keysym, or gives it a spare one.
func (d *Device) stroke(sym xproto.Keysym) (stroke, error) {
	if s, ok := d.keys.where[sym]; ok {
		return s, nil
	}
	if len(d.keys.spare) == 0 {
		return stroke{}, fmt.Errorf("no spare key is left")
	}
	code := d.keys.spare[len(d.keys.spare)-1]
	d.keys.spare = d.keys.spare[:len(d.keys.spare)-1]
	syms := make([]xproto.Keysym, d.keys.width)
	syms[0], syms[1] = sym, sym
	err := xproto.ChangeKeyboardMappingChecked(d.x, 1, code, d.keys.width, syms).Check()
	if err != nil {
		return stroke{}, err
	}
	// Programs read the new map when they hear of it; typing waits for that.
	time.Sleep(60 * time.Millisecond)
	d.keys.where[sym] = stroke{code, false}
	return d.keys.where[sym], nil
}

// keysym is X's number for a character (X protocol, appendix A: Latin-1 as is,
// the rest of Unicode from 0x1000000).
func keysym(r rune) xproto.Keysym {
	if r < 0x100 {
		return xproto.Keysym(r)
	}
	return xproto.Keysym(0x1000000 + r)
}
