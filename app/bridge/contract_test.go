package bridge

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

var (
	errorType = reflect.TypeFor[error]()
	timeType  = reflect.TypeFor[time.Time]()
	// secretive names fields that must not cross to the page.
	secretive = regexp.MustCompile(`(?i)token|secret|password|verifier|credential|^sealed$|^code_`)
)

func bound(t *testing.T, visit func(facade reflect.Type, m reflect.Method)) {
	t.Helper()
	for _, f := range New(Services{}).Bound() {
		typ := reflect.TypeOf(f)
		for m := range typ.Methods() {
			visit(typ.Elem(), m)
		}
	}
}

func TestContract_signatures(t *testing.T) {
	bound(t, func(facade reflect.Type, m reflect.Method) {
		name := facade.Name() + "." + m.Name
		outs := m.Type.NumOut()
		if outs == 0 || outs > 2 || m.Type.Out(outs-1) != errorType {
			t.Errorf("%s must return error, or a value and error", name)
		}
		if strings.HasPrefix(m.Name, "Set") {
			t.Errorf("%s: a setter would be callable from the page", name)
		}
		for in := range m.Type.Ins() {
			if in.Kind() == reflect.Interface {
				t.Errorf("%s takes an interface, which cannot cross", name)
			}
		}
		if outs == 2 {
			walk(t, name, m.Type.Out(0), map[reflect.Type]bool{})
		}
	})
}

// walk holds every type that a method returns against the rules.
func walk(t *testing.T, at string, typ reflect.Type, seen map[reflect.Type]bool) {
	if typ == timeType {
		t.Errorf("%s is a time.Time: use milliseconds", at)
	}
	if seen[typ] {
		return
	}
	seen[typ] = true
	switch typ.Kind() {
	case reflect.Slice, reflect.Pointer:
		walk(t, at+"[]", typ.Elem(), seen)
	case reflect.Map, reflect.Interface, reflect.Chan, reflect.Func:
		t.Errorf("%s is a %s, which the page's types cannot say", at, typ.Kind())
	case reflect.Struct:
		for f := range typ.Fields() {
			if secretive.MatchString(f.Name) && f.Type.Kind() != reflect.Bool {
				t.Errorf("S07: %s.%s sounds like a secret", at, f.Name)
			}
			if tag := f.Tag.Get("json"); tag == "" || strings.Contains(tag, "omitempty") {
				t.Errorf("%s.%s needs a json name, always sent", at, f.Name)
			}
			walk(t, at+"."+f.Name, f.Type, seen)
		}
	}
}

// TestContract_everyMethodIsGuarded reads the source: a method without guard
// would leave the page waiting for ever after a panic.
func TestContract_everyMethodIsGuarded(t *testing.T) {
	facades := map[string]bool{}
	bound(t, func(f reflect.Type, _ reflect.Method) { facades[f.Name()] = true })
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
			if !ok || !facades[star.X.(*ast.Ident).Name] {
				continue
			}
			checked++
			first, ok := f.Body.List[0].(*ast.DeferStmt)
			if !ok || first.Call.Fun.(*ast.Ident).Name != "guard" {
				t.Errorf("%s.%s does not begin with defer guard(&err)", star.X, f.Name)
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d methods were found", checked)
	}
}

func TestGuard_turnsAPanicIntoAnError(t *testing.T) {
	call := func() (err error) {
		defer guard(&err)
		panic("canary-7d1f")
	}
	err := call()
	if fault.CodeOf(err) != fault.Internal || strings.Contains(err.Error(), "canary") {
		t.Errorf("guard gave %v, want an internal error without the panic's value", err)
	}
}

func TestFormatError(t *testing.T) {
	text, ok := FormatError(fault.Field("email", "no <address>")).(string)
	if !ok {
		t.Fatal("the framework destroys what is not text")
	}
	var got failure
	if err := json.Unmarshal([]byte(text), &got); err != nil || got != (failure{fault.Invalid, "email", "no <address>"}) {
		t.Errorf("FormatError = %s, %v", text, err)
	}
	if text := FormatError(errors.New("x")).(string); !strings.Contains(text, `"internal"`) {
		t.Errorf("an error without a code became %s", text)
	}
}

// TestLists_areNeverNull calls the converters with nothing in them.
func TestLists_areNeverNull(t *testing.T) {
	var empty listing.Listing
	for name, value := range map[string]any{
		"resources": toResources(empty.Resources), "pricing": toPricing(empty.Pricing),
		"connecting": toConnecting(empty.Connection), "permissions": toPermissions(empty.Connection.Scopes),
		"steps": toSteps(nil), "texts": texts(nil), "marks": marks("", "", false),
	} {
		text, err := json.Marshal(value)
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s crosses as %s, %v", name, text, err)
		}
	}
}
