//go:build unix

package transport

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/options"
)

// helper puts a credential helper with this shell script on the PATH and returns options that name it.
func helper(t *testing.T, script string) options.Options {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("docker-credential-test", "#!/bin/sh\n"+script, 0o755)
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	o := options.Default()
	o.DockerConfig = write("config.json", `{"credHelpers":{"h.example":"test","bad.example":"../test","none.example":"missing"},
		"credsStore":"missing","auths":{"h.example":{"auth":"dTpw"}}}`, 0o600)
	return o
}

func TestHelperAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		script, user, password, token string
	}{
		"user and password": {`[ "$1" = get ] && [ "$(cat)" = h.example ] && echo '{"ServerURL":"x","Username":"u","Secret":"p"}'`, "u", "p", ""},
		"token":             {`echo '{"Username":"<token>","Secret":"t"}'`, "", "", "t"},
		"nothing":           {`echo 'credentials not found in native keychain'; exit 1`, "", "", ""},
		"noise on stderr":   {`echo noise >&2; echo '{"Username":"u","Secret":"p"}'`, "u", "p", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := &credentialFinder{options: helper(t, c.script)}
			got, err := f.credential(context.Background(), "h.example")
			if err != nil || got.Username != c.user || got.Password != c.password || got.RefreshToken != c.token {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestHelperFails(t *testing.T) {
	for name, c := range map[string]struct{ script, host, text string }{
		"exit with stderr":  {"printf 'line one\\n\\033[31mline  two\\n' >&2; echo '{\"Secret\":\"s3cret\"}'; exit 3", "h.example", "exit status 3: line one [31mline two; correct it"},
		"exit with stdout":  {"echo the reason; exit 1", "h.example", "exit status 1: the reason; correct it"},
		"exit with secrets": {"echo '{\"Secret\":\"s3cret\"}'; exit 1", "h.example", "exit status 1; correct it"},
		"no JSON":           {"echo s3cret", "h.example", "its answer is not the JSON of a credential helper"},
		"killed":            {"kill -9 $$", "h.example", "signal: killed"},
		"hanging":           {"sleep 100 & sleep 100", "h.example", "no answer for 300ms"},
		"endless":           {"yes", "h.example", "no answer for 300ms"},
		"a path as name":    {"", "bad.example", "its name may contain only A-Z"},
		"not there":         {"", "none.example", "the credential helper 'docker-credential-missing', which "},
		"the store":         {"", "other.example", "it is not on the PATH"},
	} {
		t.Run(name, func(t *testing.T) {
			o := helper(t, c.script)
			o.Helper = 300 * time.Millisecond
			start := time.Now()
			_, err := (&credentialFinder{options: o}).credential(context.Background(), c.host)
			if errkind.Of(err) != errkind.Unauthorized || !strings.Contains(err.Error(), c.text) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("got %v\nwant %s", err, c.text)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// Canceling an operation ends the helper and its children.
func TestHelperIsEndedWhole(t *testing.T) {
	o := helper(t, `(sleep 2; touch "$(dirname "$0")/alive") & wait`)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := (&credentialFinder{options: o}).credential(ctx, "h.example")
	if err == nil || errkind.Find(err) != nil {
		t.Error(err)
	}
	time.Sleep(2300 * time.Millisecond)
	if _, err := os.Stat(filepath.Join(filepath.Dir(o.DockerConfig), "alive")); err == nil {
		t.Error("a child of the helper is still running")
	}
}

// A helper may prompt its user, so it runs once per operation.
func TestHelperRunsOnce(t *testing.T) {
	o := helper(t, `echo x >> "$(dirname "$0")/runs"; echo '{"Username":"u","Secret":"p"}'`)
	f := &credentialFinder{options: o}
	for range 3 {
		if _, err := f.credential(context.Background(), "h.example"); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := os.ReadFile(filepath.Join(filepath.Dir(o.DockerConfig), "runs"))
	if string(runs) != "x\n" {
		t.Errorf("%q, %v", runs, err)
	}
}
