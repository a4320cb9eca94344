package oci

import (
	"context"
	"net/http"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/internal/faults"
)

// Between pulls the core holds no connection and no goroutine, whatever the last pull came to.
func TestPullLeavesNothingRunning(t *testing.T) {
	r := newRegistry(t)
	content := module(200_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	http.DefaultClient.CloseIdleConnections()
	before := runtime.NumGoroutine()
	for _, fault := range []faults.Fault{
		nil,
		onBlob(digest.FromBytes(content), faults.Drop),
		onBlob(digest.FromBytes(content), func(w http.ResponseWriter) { send(w, "1000", content[:1000]) }),
	} {
		r.Set(fault)
		_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, quick)
		if (err == nil) != (fault == nil) {
			t.Error(err)
		}
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// A slow callback is not a silent peer.
func TestSlowReportDoesNotRunIntoTheIdleLimit(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(8<<20), cncfConfig, cncfLayer)
	slow := 0
	_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), func(_, _ int64) bool {
		if slow++; slow <= 2 {
			time.Sleep(2 * quick.Idle)
		}
		return true
	}, quick)
	must(t, err)
}
