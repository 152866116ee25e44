package story

import (
	"bytes"
	"context"
	"image"
	"path/filepath"
	"time"

	"patchbay/e2e/shot"
)

// Shot saves a picture of the whole screen as name.png (with the setup's suffix) in the output folder,
// once two pictures in a row are the same (or after two seconds, for things
// that never rest).
func (s *Story) Shot(name string) {
	s.fail.Helper()
	img, err := s.still()
	if err == nil {
		err = shot.Save(filepath.Join(s.setup.Out, name+s.setup.Suffix+".png"), img)
	}
	s.do("take the picture "+name, err)
}

// ShotWindow is Shot cut to the window with the title.
func (s *Story) ShotWindow(name, title string) {
	s.fail.Helper()
	window := s.See("window", title)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	frame, err := s.bus.Extents(ctx, window)
	s.do("find the window "+title, err)
	img, err := s.still()
	if err == nil {
		err = shot.Save(filepath.Join(s.setup.Out, name+s.setup.Suffix+".png"), shot.Crop(img, frame))
	}
	s.do("take the picture "+name, err)
}

func (s *stage) still() (*image.NRGBA, error) {
	deadline := time.Now().Add(2 * time.Second)
	last, err := shot.Screen(s.Desk.Display())
	for err == nil && time.Now().Before(deadline) {
		time.Sleep(120 * time.Millisecond)
		var now *image.NRGBA
		if now, err = shot.Screen(s.Desk.Display()); err != nil {
			break
		}
		if bytes.Equal(now.Pix, last.Pix) {
			return now, nil
		}
		last = now
	}
	return last, err
}
