package desk

import (
	"fmt"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Minimise takes the window with the title off the screen, as its button does
// (ICCCM 4.1.4).
func (d *Desk) Minimise(title string) error {
	return d.onScreen(func(x *xgb.Conn, root xproto.Window) error {
		w, err := titled(x, root, title)
		if err != nil {
			return err
		}
		change, err := atom(x, "WM_CHANGE_STATE")
		if err != nil {
			return err
		}
		const iconic = 3
		event := xproto.ClientMessageEvent{Format: 32, Window: w, Type: change,
			Data: xproto.ClientMessageDataUnionData32New([]uint32{iconic, 0, 0, 0, 0})}
		const mask = xproto.EventMaskSubstructureNotify | xproto.EventMaskSubstructureRedirect
		return xproto.SendEventChecked(x, false, root, mask, string(event.Bytes())).Check()
	})
}

// ActiveWindow is the title of the window that keys go to, "" for none.
func (d *Desk) ActiveWindow() (title string, err error) {
	err = d.onScreen(func(x *xgb.Conn, root xproto.Window) error {
		active, err := windows(x, root, "_NET_ACTIVE_WINDOW")
		if err != nil || len(active) == 0 || active[0] == 0 {
			return err
		}
		title, err = titleOf(x, active[0])
		return err
	})
	return title, err
}

func (d *Desk) onScreen(do func(x *xgb.Conn, root xproto.Window) error) error {
	x, err := xgb.NewConnDisplay(d.display)
	if err != nil {
		return err
	}
	defer x.Close()
	return do(x, xproto.Setup(x).DefaultScreen(x).Root)
}

func titled(x *xgb.Conn, root xproto.Window, title string) (xproto.Window, error) {
	all, err := windows(x, root, "_NET_CLIENT_LIST")
	if err != nil {
		return 0, err
	}
	var seen []string
	for _, w := range all {
		name, err := titleOf(x, w)
		if err == nil && name == title {
			return w, nil
		}
		seen = append(seen, name)
	}
	return 0, fmt.Errorf("no window is called %q, but %q are there", title, strings.Join(seen, ", "))
}

// windows reads a list of windows that the window manager keeps on the root
// (EWMH).
func windows(x *xgb.Conn, root xproto.Window, property string) ([]xproto.Window, error) {
	value, err := read(x, root, property)
	if err != nil {
		return nil, err
	}
	var list []xproto.Window
	for ; len(value) >= 4; value = value[4:] {
		list = append(list, xproto.Window(xgb.Get32(value)))
	}
	return list, nil
}

func titleOf(x *xgb.Conn, w xproto.Window) (string, error) {
	value, err := read(x, w, "_NET_WM_NAME")
	return string(value), err
}

func read(x *xgb.Conn, w xproto.Window, property string) ([]byte, error) {
	name, err := atom(x, property)
	if err != nil {
		return nil, err
	}
	answer, err := xproto.GetProperty(x, false, w, name, xproto.GetPropertyTypeAny, 0, 4096).Reply()
	if err != nil {
		return nil, err
	}
	return answer.Value, nil
}

func atom(x *xgb.Conn, name string) (xproto.Atom, error) {
	answer, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	return answer.Atom, nil
}
