package listing

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"patchbay/app/listing/schema"
)

// compiled is a schema ready for use, beside its source, whose descriptions
// become advice.
type compiled struct {
	*jsonschema.Schema
	source any
}

var (
	listingSchema = sync.OnceValue(func() compiled { return compile(schema.Listing) })
	feedSchema    = sync.OnceValue(func() compiled { return compile(schema.Feed) })
)

// compile panics on a wrong schema: the schemas ship with the program.
func compile(document []byte) compiled {
	source, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		panic("listing: schema is not JSON: " + err.Error())
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const url = "https://patchbay.example/schema/document.json"
	if err := c.AddResource(url, source); err != nil {
		panic("listing: " + err.Error())
	}
	return compiled{Schema: c.MustCompile(url), source: source}
}

func checkSchema(r *report, s compiled, tree any) {
	err := s.Validate(tree)
	if wrong, ok := err.(*jsonschema.ValidationError); ok {
		s.translate(r, wrong)
	}
}

func (s compiled) translate(r *report, wrong *jsonschema.ValidationError) {
	if len(wrong.Causes) > 0 {
		for _, cause := range wrong.Causes {
			s.translate(r, cause)
		}
		return
	}
	path := ""
	for _, step := range wrong.InstanceLocation {
		path = at(path, step)
	}
	switch k := wrong.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			r.add(path, fmt.Sprintf("%q is missing", name), "Add it: "+s.describe(wrong.SchemaURL, "properties", name))
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			r.add(at(path, name), fmt.Sprintf("there is no field %q here", name), "Remove it, or use one of "+s.fields(wrong.SchemaURL))
		}
	default:
		r.add(path, sentence(wrong.ErrorKind), "Write here: "+s.describe(wrong.SchemaURL))
	}
}

// sentence says what is wrong in the words of a person who edits the document.
func sentence(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return fmt.Sprintf("this is %s where %s belongs", articled(k.Got), articled(strings.Join(k.Want, " or ")))
	case *kind.Enum:
		return fmt.Sprintf("%s is none of the allowed values %s", shorten(fmt.Sprint(k.Got)), list(k.Want))
	case *kind.Pattern:
		return fmt.Sprintf("%s does not have the right form", shorten(k.Got))
	case *kind.MaxLength:
		return fmt.Sprintf("it has %d characters, at most %d fit", k.Got, k.Want)
	case *kind.MinLength:
		return "it is empty"
	case *kind.MaxItems:
		return fmt.Sprintf("it has %d entries, at most %d fit", k.Got, k.Want)
	case *kind.MinItems:
		return fmt.Sprintf("it has %d entries, at least %d belong here", k.Got, k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf("entries %d and %d are the same", k.Duplicates[0]+1, k.Duplicates[1]+1)
	case *kind.MaxProperties:
		return fmt.Sprintf("it has %d entries, at most %d fit", k.Got, k.Want)
	case *kind.Minimum:
		return "the number is less than " + k.Want.RatString()
	case *kind.Maximum:
		return "the number is more than " + k.Want.RatString()
	case *kind.Format:
		return fmt.Sprintf("%s is not a %s that exists", shorten(fmt.Sprint(k.Got)), k.Want)
	case *kind.PropertyNames:
		return fmt.Sprintf("the name %s does not have the right form", shorten(k.Property))
	}
	return "it does not fit the schema"
}

func articled(jsonType string) string {
	switch jsonType {
	case "null":
		return "nothing (null)"
	case "array":
		return "a list"
	case "object":
		return "an object"
	case "string":
		return "a text"
	case "boolean":
		return "true or false"
	case "integer":
		return "a whole number"
	}
	return "a " + jsonType
}

func list(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

// fields lists the names that may stand where a schema refused another.
func (s compiled) fields(schemaURL string) string {
	along := s.along(schemaURL)
	properties, _ := along[len(along)-1]["properties"].(map[string]any)
	return strings.Join(slices.Sorted(maps.Keys(properties)), ", ")
}

// describe finds the description nearest to where a schema refused something.
func (s compiled) describe(schemaURL string, further ...string) string {
	text := "what the schema says of this field"
	for _, object := range s.along(schemaURL, further...) {
		if d, ok := object["description"].(string); ok {
			text = d
		}
	}
	return strings.TrimSuffix(text, ".")
}

// along returns the objects of the schema from its root to what the URL's
// fragment and the further steps name.
func (s compiled) along(schemaURL string, further ...string) (objects []map[string]any) {
	_, fragment, _ := strings.Cut(schemaURL, "#")
	steps := append(strings.Split(strings.TrimPrefix(fragment, "/"), "/"), further...)
	node := s.source
	for i := 0; ; i++ {
		object, ok := node.(map[string]any)
		if !ok {
			return objects
		}
		objects = append(objects, object)
		if i == len(steps) {
			return objects
		}
		if steps[i] != "" {
			node = object[steps[i]]
		}
	}
}
