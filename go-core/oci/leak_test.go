package oci

import (
	"context"
	"maps"
	"net/http"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/internal/faults"
	"github.com/stowage/stowage/go-core/options"
)

// Soon after an operation the core has no connection and no goroutine left, whatever the result was.
func TestNothingIsLeftRunning(t *testing.T) {
	r := newRegistry(t)
	content := module(200_000)
	file, dir := writeFile(t, content), t.TempDir()
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	http.DefaultClient.CloseIdleConnections()
	blob := digest.FromBytes(content)
	o := quick
	o.Keep = 50 * time.Millisecond
	o.Timeout = time.Second
	job := Job{Options: o}
	canceled := func() context.Context {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(30*time.Millisecond, cancel)
		return ctx
	}
	before := runtime.NumGoroutine()
	for name, c := range map[string]struct {
		fault faults.Behavior
		run   func() error
		fails bool
	}{
		"pull":       {nil, func() error { _, err := Pull(context.Background(), r.host+"/m:v1", dir+"/o", job); return err }, false},
		"pull, drop": {onBlob(blob, faults.Drop), func() error { _, err := Pull(context.Background(), r.host+"/m:v1", dir+"/o", job); return err }, true},
		"pull, cut":  {faults.On("GET", blob.String(), faults.Cut(70_000, true)), func() error { _, err := Pull(context.Background(), r.host+"/m:v1", dir+"/o", job); return err }, true},
		"pull, hang": {faults.On("GET", blob.String(), faults.Hang(time.Minute)), func() error { _, err := Pull(canceled(), r.host+"/m:v1", dir+"/o", job); return err }, true},
		"push":       {nil, func() error { _, err := Push(context.Background(), file, r.host+"/p:v1", job); return err }, false},
		"push, 500":  {faults.On("PUT", "", faults.Answer(500)), func() error { _, err := Push(context.Background(), file, r.host+"/q:v1", job); return err }, true},
		"push, hang": {faults.On("PUT", "", faults.Hang(time.Minute)), func() error { _, err := Push(canceled(), file, r.host+"/q:v1", job); return err }, true},
		"copy":       {nil, func() error { _, err := Copy(context.Background(), r.host+"/m:v1", r.host+"/c:v1", job); return err }, false},
		"copy, wrong": {faults.On("GET", blob.String(), faults.Corrupt()), func() error {
			_, err := Copy(context.Background(), r.host+"/m:v1", "oci:"+dir+"/l:v1", job)
			return err
		}, true},
		"tags": {nil, func() error { _, err := Tags(context.Background(), r.host+"/m", job); return err }, false},
	} {
		r.Set(c.fault)
		if err := c.run(); (err != nil) != c.fails {
			t.Errorf("%s: %v", name, err)
		}
		if !soon(func() bool { return runtime.NumGoroutine() <= before }) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%s: %d goroutines, %d before\n%s", name, runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func soon(holds func() bool) bool {
	for range 200 {
		if holds() {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// An operation uses the connection of the operation before it, unless their options differ.
func TestConnectionIsKeptForAMoment(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	connections := map[string]bool{}
	r.Set(func(w http.ResponseWriter, request *http.Request, registry http.Handler) {
		connections[request.RemoteAddr] = true
		registry.ServeHTTP(w, request)
	})
	o := standard
	o.Connect, o.Keep = 1234*time.Millisecond, 200*time.Millisecond // a kind of its own
	used := func(o options.Options, pulls int) map[string]bool {
		clear(connections)
		for range pulls {
			_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
			must(t, err)
		}
		return maps.Clone(connections)
	}
	first := used(o, 5)
	if len(first) != 1 {
		t.Errorf("%d connections for 5 pulls", len(first))
	}
	other := o
	other.ProxyOff = true
	for address := range used(other, 1) {
		if first[address] {
			t.Error("another kind of operation used the connection")
		}
	}
	time.Sleep(600 * time.Millisecond)
	for address := range used(o, 1) {
		if first[address] {
			t.Error("a connection outlived its time")
		}
	}
}

// If the server has closed a kept connection, every operation still succeeds.
func TestKeptConnectionIsClosedMeanwhile(t *testing.T) {
	r := newRegistry(t)
	for i := range 5 {
		file, out := writeFile(t, module(i)), filepath.Join(t.TempDir(), "o")
		_, err := Push(context.Background(), file, r.host+"/m:v1", Job{Options: standard})
		must(t, err)
		r.server.CloseClientConnections()
		_, err = pullStd(context.Background(), r.host+"/m:v1", out, nil)
		must(t, err)
		r.server.CloseClientConnections()
	}
}

// A slow callback does not count as a peer that sends nothing.
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
