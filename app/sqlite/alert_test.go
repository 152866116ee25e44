package sqlite_test

import (
	"testing"

	"patchbay/app/alert"
	"patchbay/app/alert/alerttest"
	"patchbay/app/sqlite/sqlitetest"
)

func TestAlerts(t *testing.T) {
	alerttest.TestStore(t, func(t *testing.T) alert.Store { return sqlitetest.Open(t).Alerts() })
}
