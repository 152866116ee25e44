// Package shot takes pictures of an X display without a foreign program.
package shot

import (
	"bufio"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Screen takes a picture of the whole display such as ":7". The pointer is not
// in it.
func Screen(display string) (*image.NRGBA, error) {
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("open display %s: %w", display, err)
	}
	defer x.Close()
	s := xproto.Setup(x).DefaultScreen(x)
	w, h := int(s.WidthInPixels), int(s.HeightInPixels)
	reply, err := xproto.GetImage(x, xproto.ImageFormatZPixmap, xproto.Drawable(s.Root),
		0, 0, uint16(w), uint16(h), 0xffffffff).Reply()
	if err != nil {
		return nil, fmt.Errorf("read the screen: %w", err)
	}
	if len(reply.Data) != 4*w*h {
		return nil, fmt.Errorf("screen of depth %d is not understood, it takes 24", reply.Depth)
	}
	return fromBGRX(reply.Data, w, h), nil
}

// fromBGRX turns the server's 32-bit little-endian pixels into an image.
func fromBGRX(data []byte, w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(data); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = data[i+2], data[i+1], data[i], 0xff
	}
	return img
}

// Crop is the part of img in r; all of img if r does not meet it.
func Crop(img *image.NRGBA, r image.Rectangle) *image.NRGBA {
	if r = r.Intersect(img.Bounds()); r.Empty() {
		return img
	}
	return img.SubImage(r).(*image.NRGBA)
}

// Save writes img as PNG, making folders as needed.
func Save(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := png.Encode(w, img); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
