package oci

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
)

// A registry with endless responses fills neither memory nor disk.
func TestEndlessAnswers(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	ask := map[string]func() error{
		"resolve": func() error {
			_, err := Resolve(context.Background(), r.host+"/m:v1", Job{Options: quick})
			return err
		},
		"tags": func() error { _, err := Tags(context.Background(), r.host+"/m", Job{Options: quick}); return err },
		"copy": func() error {
			_, err := Copy(context.Background(), r.host+"/m:v1", "oci:"+filepath.Join(t.TempDir(), "l")+":v1", Job{Options: quick})
			return err
		},
	}
	many := func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		var index ocispec.Index
		for i := range 17 {
			index.Manifests = append(index.Manifests, ocispec.Descriptor{
				MediaType: ocispec.MediaTypeImageManifest, Size: maxMetadata, Digest: digest.FromString(fmt.Sprint(i)),
			})
		}
		w.Header().Set("Content-Type", ocispec.MediaTypeImageIndex)
		json.NewEncoder(w).Encode(index)
	}
	page := `{"tags":["` + strings.Repeat("x", 1<<20) + `"]}`
	for name, c := range map[string]struct {
		operation string
		answer    func(w http.ResponseWriter, r *http.Request, registry http.Handler)
		kind      errkind.Kind
		text      string
	}{
		"manifest": {"resolve", func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			for r.Context().Err() == nil {
				w.Write(make([]byte, 1<<16))
			}
		}, errkind.Unsupported, "more than 4194304 bytes"},
		"header": {"resolve", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		}, errkind.Network, "exceeded"},
		"error": {"resolve", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.WriteHeader(500)
			w.Write([]byte(`{"errors":[{"code":"` + strings.Repeat("x", 4000) + `\u001b[2J"}]}`))
		}, errkind.Network, "xxx..."},
		"pages": {"tags", func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			w.Header().Set("Link", "<"+r.URL.Path+">; rel=next")
			w.Write([]byte(page))
		}, errkind.TooLarge, "the list of tags has more than 16777216 bytes"},
		"page": {"tags", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Write([]byte(`{"tags":["` + strings.Repeat("x", 5<<20) + `"]}`))
		}, errkind.Network, "failed to decode response"},
		"next page elsewhere": {"tags", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("Link", "<http://evil.example/>; rel=next")
			w.Write([]byte(`{"tags":[]}`))
		}, errkind.Network, "not the same origin"},
		"manifests": {"copy", many, errkind.TooLarge, "the manifests have more than 16777216 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			r.Set(c.answer)
			err := ask[c.operation]()
			wantKind(t, err, c.kind, c.text)
			if err != nil && (len(err.Error()) > 1500 || strings.ContainsRune(err.Error(), 0x1b)) {
				t.Errorf("%d bytes of text", len(err.Error()))
			}
		})
	}
}
