package oci

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
)

// A broken download continues, with ranges or without, and its reports grow.
func TestPullGoesOnAfterACut(t *testing.T) {
	content := module(300_000)
	blob := "/blobs/" + digest.FromBytes(content).String()
	for _, ranges := range []bool{true, false} {
		r := newRegistry(t)
		r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
		var tries, sent atomic.Int32
		cut := faults.Times(2, &tries, faults.Cut(120_000, ranges))
		whole := faults.Cut(1<<40, ranges)
		r.Set(faults.On(http.MethodGet, blob, func(w http.ResponseWriter, request *http.Request, registry http.Handler) {
			if request.Header.Get("Range") != "" {
				sent.Add(1)
			}
			if tries.Load() < 2 {
				cut(w, request, registry)
				return
			}
			whole(w, request, registry)
		}))
		dir := t.TempDir()
		last := int64(-1)
		_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), func(done, _ int64) bool {
			if done <= last {
				t.Errorf("%d after %d", done, last)
			}
			last = done
			return true
		})
		must(t, err)
		wantBytes(t, filepath.Join(dir, "o"), content)
		if last != int64(len(content)) || sent.Load() != 2 {
			t.Errorf("ranges %t: last report %d, %d requests for ranges, want 2", ranges, last, sent.Load())
		}
	}
}

func TestPullGivesUpAfterTooManyCuts(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	r.Set(faults.On(http.MethodGet, "/blobs/"+digest.FromBytes(content).String(), faults.Cut(50_000, true)))
	dir := t.TempDir()
	o := standard
	o.Retries = 2
	_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), nil, o)
	wantKind(t, err, errkind.Network, "the connection broke after 150000 of 300014 bytes")
	wantKind(t, err, errkind.Network, "; tried 3 times")
	wantOnly(t, dir)
}

// A registry that returns another range, or refuses ranges, does not damage the file.
func TestPullDoesNotTrustRanges(t *testing.T) {
	content := module(300_000)
	blob := "/blobs/" + digest.FromBytes(content).String()
	for name, c := range map[string]struct {
		second faults.Behavior
		kind   errkind.Kind
		text   string
	}{
		"another range": {faults.Answer(206, "Content-Range", "bytes 0-99/300014"), errkind.Network, "received the range 'bytes 0-99/300014'"},
		"refused": {func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
			if r.Header.Get("Range") != "" {
				w.WriteHeader(416)
				return
			}
			registry.ServeHTTP(w, r)
		}, errkind.Internal, ""},
		"other bytes": {faults.Corrupt(), errkind.DigestMismatch, "the content has digest"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegistry(t)
			r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
			var tries atomic.Int32
			r.Set(faults.On(http.MethodGet, blob, func(w http.ResponseWriter, request *http.Request, registry http.Handler) {
				if tries.Add(1) == 1 {
					faults.Cut(100_000, true)(w, request, registry)
					return
				}
				c.second(w, request, registry)
			}))
			dir := t.TempDir()
			_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), nil)
			if c.text == "" {
				must(t, err)
				wantBytes(t, filepath.Join(dir, "o"), content)
				return
			}
			wantKind(t, err, c.kind, c.text)
			wantOnly(t, dir)
		})
	}
}

func TestBusyRegistryIsAskedAgain(t *testing.T) {
	soon := time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat)
	for name, c := range map[string]struct {
		fault faults.Behavior
		least time.Duration
	}{
		"500":              {faults.Answer(500), 0},
		"408":              {faults.Answer(408), 0},
		"429 with seconds": {faults.Answer(429, "Retry-After", "1"), time.Second},
		"503 with a date":  {faults.Answer(503, "Retry-After", soon), 0},
		"dropped": {func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			faults.Drop(w)
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegistry(t)
			r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
			var asked atomic.Int32
			r.Set(faults.Times(1, &asked, c.fault))
			start := time.Now()
			_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
			must(t, err)
			if took := time.Since(start); took < c.least || asked.Load() != 3 {
				t.Errorf("%d requests in %v, want 3 in at least %v", asked.Load(), took, c.least)
			}
		})
	}
}

// No wait is longer than its limit, and a request that cannot succeed is not repeated.
func TestRefusalsAreNotAskedAgain(t *testing.T) {
	later := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for name, c := range map[string]struct {
		fault faults.Behavior
		kind  errkind.Kind
		text  string
	}{
		"401 without a challenge": {faults.Answer(401), errkind.Unauthorized, "unauthorized (401): Unauthorized; no credentials were sent"},
		"403":                     {faults.Answer(403), errkind.Forbidden, "forbidden (403): Forbidden"},
		"404":                     {faults.Answer(404), errkind.NotFound, "manifest not found"},
		"400":                     {faults.Answer(400), errkind.Network, "failed with status 400: Bad Request"},
		"413":                     {faults.Answer(413), errkind.TooLarge, "failed with status 413"},
		"429, an hour":            {faults.Answer(429, "Retry-After", "3600"), errkind.Network, "the registry requests a wait of 1h0m0s, but the limit is 30s; tried once"},
		"503, an hour by date":    {faults.Answer(503, "Retry-After", later), errkind.Network, "the registry requests a wait of"},
		"a login page":            {faults.Answer(302, "Location", "/login?secret=1"), errkind.NotFound, "manifest not found"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegistry(t)
			var asked atomic.Int32
			r.Set(faults.On("", "/manifests/v1", faults.Times(1000, &asked, c.fault)))
			_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
			wantKind(t, err, c.kind, c.text)
			if asked.Load() != 1 || strings.Contains(err.Error(), "secret") {
				t.Errorf("asked %d times: %v", asked.Load(), err)
			}
		})
	}
}

func TestTimeout(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	o := standard
	o.Timeout = 300 * time.Millisecond
	for name, fault := range map[string]faults.Behavior{
		"slow":    faults.On("", "/blobs/"+digest.FromBytes(content).String(), faults.Slow(50*time.Millisecond)),
		"hanging": faults.On("", "/manifests/v1", faults.Hang(time.Minute)),
		"busy":    faults.Answer(503),
	} {
		r.Set(fault)
		start, dir := time.Now(), t.TempDir()
		_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), nil, o)
		wantKind(t, err, errkind.Timeout, "/m:v1: not finished within 300ms (option 'timeout-ms')")
		wantOnly(t, dir)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestMaxBytes(t *testing.T) {
	r := newRegistry(t)
	content := module(1000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	var asked atomic.Int32
	r.Set(faults.On("", "/blobs/"+digest.FromBytes(content).String(), faults.Times(0, &asked, nil)))
	o := standard
	o.MaxBytes = int64(len(content)) - 1
	dir := t.TempDir()
	_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), nil, o)
	wantKind(t, err, errkind.TooLarge, "has 1013 bytes; option 'max-bytes' allows 1012")
	if asked.Load() != 0 {
		t.Error("the blob was asked for")
	}
	_, err = Push(context.Background(), writeFile(t, content), r.host+"/other:v1", Job{Options: o})
	wantKind(t, err, errkind.TooLarge, "option 'max-bytes' allows 1012")
	_, err = Copy(context.Background(), r.host+"/m:v1", "oci:"+dir+":v1", Job{Options: o})
	wantKind(t, err, errkind.TooLarge, "option 'max-bytes' allows 1012")
	o.MaxBytes++
	_, err = pull(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), nil, o)
	must(t, err)
}
