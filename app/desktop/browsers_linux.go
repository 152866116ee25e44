package desktop

func browsers() []string {
	return []string{
		"google-chrome", "google-chrome-stable", "chromium", "chromium-browser",
		"brave-browser", "microsoft-edge", "microsoft-edge-stable", "vivaldi",
	}
}
