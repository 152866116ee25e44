package desk

import (
	"io"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

func init() {
	// The library would report that the private display needs no authority file.
	xgb.Logger.SetOutput(io.Discard)
}

// connects reports whether the display takes connections.
func connects(display string) bool {
	x, err := xgb.NewConnDisplay(display)
	if err == nil {
		x.Close()
	}
	return err == nil
}

// managed reports whether a window manager has announced itself on the display
// (EWMH, _NET_SUPPORTING_WM_CHECK).
func managed(display string) bool {
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return false
	}
	defer x.Close()
	const name = "_NET_SUPPORTING_WM_CHECK"
	atom, err := xproto.InternAtom(x, true, uint16(len(name)), name).Reply()
	if err != nil || atom.Atom == 0 {
		return false
	}
	root := xproto.Setup(x).DefaultScreen(x).Root
	prop, err := xproto.GetProperty(x, false, root, atom.Atom, xproto.AtomWindow, 0, 1).Reply()
	return err == nil && prop.ValueLen == 1
}

// paint gives the screen behind the windows one colour (0xRRGGBB).
func paint(display string, colour uint32) error {
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return err
	}
	defer x.Close()
	s := xproto.Setup(x).DefaultScreen(x)
	err = xproto.ChangeWindowAttributesChecked(x, s.Root, xproto.CwBackPixel, []uint32{colour}).Check()
	if err != nil {
		return err
	}
	return xproto.ClearAreaChecked(x, false, s.Root, 0, 0, s.WidthInPixels, s.HeightInPixels).Check()
}
