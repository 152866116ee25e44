package story

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/shot"
)

// inks is how many colours anything drawn has at least, with the soft edges of
// its letters.
const inks = 8

// SeePainted waits until such an element is not only in the tree but drawn: a
// page is there for screen readers some time before its first picture.
func (s *Story) SeePainted(role, name string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see %s %q painted", role, name), func(views []*atspi.Element) error {
		e, err := pick(views, query(role, name))
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		frame, err := s.bus.Extents(ctx, e)
		if err != nil {
			return err
		}
		img, err := shot.Screen(s.Desk.Display())
		if err != nil {
			return err
		}
		if n := colours(shot.Crop(img, frame)); n < inks {
			return fmt.Errorf("it has %d colours", n)
		}
		return nil
	})
}

func colours(img *image.NRGBA) int {
	seen := map[color.NRGBA]bool{}
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			seen[img.NRGBAAt(x, y)] = true
		}
	}
	return len(seen)
}
