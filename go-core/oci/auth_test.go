package oci

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
	"github.com/stowage/stowage/go-core/options"
)

const user, secret = "maria", "hunter2:with:colons"

// basic accepts requests with the secret.
func basic(w http.ResponseWriter, r *http.Request, registry http.Handler) {
	if u, p, ok := r.BasicAuth(); !ok || u != user || p != secret {
		w.Header().Set("Www-Authenticate", `Basic realm="test"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	registry.ServeHTTP(w, r)
}

// tokens is a token service. It records its requests.
type tokens struct {
	*httptest.Server
	mu       sync.Mutex
	requests []string
}

// newTokens starts a token service. It issues a token with the requested scopes for the secret, a token for pulls
// without credentials, and a token for the refresh token "refresh".
func newTokens(t *testing.T) *tokens {
	t.Helper()
	s := &tokens{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		must(t, r.ParseForm())
		scopes := strings.Join(r.Form["scope"], " ")
		s.mu.Lock()
		s.requests = append(s.requests, r.Method+" "+scopes)
		s.mu.Unlock()
		u, p, ok := r.BasicAuth()
		known := ok && u == user && p == secret || r.Form.Get("refresh_token") == "refresh"
		if ok && !known || !ok && r.Method == http.MethodPost && !known {
			w.WriteHeader(http.StatusUnauthorized)
			w.Write([]byte(`{"errors":[{"code":"UNAUTHORIZED","message":"who are you"}]}`))
			return
		}
		if !known {
			scopes = strings.ReplaceAll(scopes, ",push", "")
		}
		json.NewEncoder(w).Encode(map[string]string{"token": "for " + scopes, "access_token": "for " + scopes})
	}))
	t.Cleanup(s.Close)
	return s
}

// bearer accepts requests with a token of the service for the right scope.
func (s *tokens) bearer(w http.ResponseWriter, r *http.Request, registry http.Handler) {
	need := "pull"
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		need = "pull,push"
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer for repository:")
	switch {
	case !ok:
		repository := strings.Split(strings.TrimPrefix(r.URL.Path, "/v2/"), "/")[0]
		w.Header().Set("Www-Authenticate",
			`Bearer realm="`+s.URL+`/token?x=1",service="test",scope="repository:`+repository+":"+need+`"`)
		w.WriteHeader(http.StatusUnauthorized)
	case need == "pull,push" && !strings.HasSuffix(token, need):
		w.WriteHeader(http.StatusForbidden)
		w.Write([]byte(`{"errors":[{"code":"DENIED","message":"read only"}]}`))
	default:
		registry.ServeHTTP(w, r)
	}
}

// dockerConfig writes a config.json with credentials for a host.
func dockerConfig(t *testing.T, host, entry string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.json")
	must(t, os.WriteFile(path, []byte(`{"auths":{"`+host+`":`+entry+`}}`), 0o600))
	return path
}

func encoded(user, secret string) string {
	return `{"auth":"` + base64.StdEncoding.EncodeToString([]byte(user+":"+secret)) + `"}`
}

func TestCredentials(t *testing.T) {
	service := newTokens(t)
	content := module(1000)
	for scheme, gate := range map[string]faults.Behavior{"basic": basic, "bearer": service.bearer} {
		r := newRegistry(t)
		r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
		r.Set(gate)
		explicit := standard
		explicit.Username, explicit.Password = user, secret
		fromFile, refresh, environment := standard, standard, options.Default()
		fromFile.DockerConfig = dockerConfig(t, "https://"+r.host+"/v1/", encoded(user, secret))
		refresh.DockerConfig = dockerConfig(t, r.host, `{"identitytoken":"refresh"}`)
		t.Setenv("DOCKER_CONFIG", filepath.Dir(fromFile.DockerConfig))
		ways := map[string]options.Options{"options": explicit, "file": fromFile, "environment": environment}
		if scheme == "bearer" {
			ways["refresh token"] = refresh
		}
		for way, o := range ways {
			t.Run(scheme+", "+way, func(t *testing.T) {
				service.requests = nil
				out := filepath.Join(t.TempDir(), "o")
				_, err := pull(context.Background(), r.host+"/m:v1", out, nil, o)
				must(t, err)
				wantBytes(t, out, content)
				_, err = Push(context.Background(), out, r.host+"/p:v1", Job{Options: o})
				must(t, err)
				tags, err := Tags(context.Background(), r.host+"/p", Job{Options: o})
				must(t, err)
				if len(tags) != 1 || scheme == "bearer" && len(service.requests) > 4 {
					t.Errorf("%v after %q", tags, service.requests)
				}
			})
		}
	}
}

// An error names the source of the credentials that were sent, and never the credentials.
func TestCredentialsRefused(t *testing.T) {
	service := newTokens(t)
	gates := map[string]faults.Behavior{"basic": basic, "bearer": service.bearer, "forbidden": faults.Answer(403)}
	for name, c := range map[string]struct {
		gate string
		set  func(o *options.Options, host string)
		push bool
		kind errkind.Kind
		text string
	}{
		"basic, none": {"basic", func(*options.Options, string) {}, false, errkind.Unauthorized,
			"no credentials were sent: there are none for 'HOST' in any Docker configuration (none is in use); set options 'username' and 'password'"},
		"basic, not for this host": {"basic", func(o *options.Options, _ string) {
			o.DockerConfig = dockerConfig(t, "other.example", encoded(user, secret))
		}, false, errkind.Unauthorized, "there are none for 'HOST' in CONFIG; set"},
		"basic, wrong": {"basic", func(o *options.Options, _ string) { o.Username, o.Password = user, "s3cret" }, false,
			errkind.Unauthorized, "the credentials from options 'username' and 'password' do not give access"},
		"basic, wrong file": {"basic", func(o *options.Options, host string) {
			o.DockerConfig = dockerConfig(t, host, encoded(user, "s3cret"))
		}, false, errkind.Unauthorized, "the credentials from CONFIG do not give access"},
		"basic, no base64": {"basic", func(o *options.Options, host string) {
			o.DockerConfig = dockerConfig(t, host, `{"auth":"s3cret!"}`)
		}, false, errkind.InvalidArgument, "CONFIG: not a Docker configuration with credentials for 'HOST'"},
		"basic, no colon": {"basic", func(o *options.Options, host string) {
			o.DockerConfig = dockerConfig(t, host, `{"auth":"czNjcmV0"}`) // s3cret
		}, false, errkind.InvalidArgument, "CONFIG: not a Docker configuration"},
		"bearer, wrong": {"bearer", func(o *options.Options, _ string) { o.Username, o.Password = user, "s3cret" }, false,
			errkind.Unauthorized, "unauthorized (401): unauthorized: who are you; the credentials from options"},
		"bearer, anonymous push": {"bearer", func(*options.Options, string) {}, true, errkind.Forbidden,
			"forbidden (403): denied: read only; no credentials were sent"},
		"forbidden": {"forbidden", func(o *options.Options, _ string) { o.Username, o.Password = user, "s3cret" }, false,
			errkind.Forbidden, "forbidden (403): Forbidden; no credentials were sent, because the registry did not request any"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegistry(t)
			r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
			r.Set(gates[c.gate])
			o := standard
			c.set(&o, r.host)
			_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
			if c.push {
				_, err = Push(context.Background(), writeFile(t, module(1)), r.host+"/m:v1", Job{Options: o})
			}
			text := strings.NewReplacer("HOST", r.host, "CONFIG", o.DockerConfig).Replace(c.text)
			wantKind(t, err, c.kind, text)
			for _, bad := range []string{"s3cret", "czNjcmV0", user, secret} {
				if strings.Contains(err.Error(), bad) {
					t.Errorf("%q is in the error: %v", bad, err)
				}
			}
		})
	}
}

func TestWrongDockerConfigIsNoticedAtOnce(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	o := standard
	o.DockerConfig = filepath.Join(t.TempDir(), "none.json")
	_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
	wantKind(t, err, errkind.NotFound, "option 'docker-config': "+o.DockerConfig+": file not found")
	o.DockerConfig = t.TempDir()
	_, err = pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
	wantKind(t, err, errkind.IO, "it is not a regular file")
	// The user's configuration is optional, and is read only if a registry requires credentials.
	t.Setenv("DOCKER_CONFIG", o.DockerConfig)
	_, err = pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, options.Default())
	must(t, err)
}

// Credentials are not sent to the host of a redirect.
func TestRedirectDropsCredentials(t *testing.T) {
	content := module(1000)
	blob := digest.FromBytes(content).String()
	var elsewhere []string
	storage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere = append(elsewhere, r.Header.Get("Authorization")+r.URL.RawQuery)
		if r.URL.Query().Get("signature") == "bad" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Write(content)
	}))
	defer storage.Close()
	r := newRegistry(t)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	o := standard
	o.Username, o.Password = user, secret
	for _, signature := range []string{"good", "bad"} {
		away := faults.Answer(307, "Location", storage.URL+"/x?signature="+signature)
		r.Set(func(w http.ResponseWriter, request *http.Request, registry http.Handler) {
			basic(w, request, http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
				faults.On(http.MethodGet, blob, away)(w, request, registry)
			}))
		})
		out := filepath.Join(t.TempDir(), "o")
		_, err := pull(context.Background(), r.host+"/m:v1", out, nil, o)
		if signature == "good" {
			must(t, err)
			wantBytes(t, out, content)
			continue
		}
		wantKind(t, err, errkind.Forbidden, "forbidden (403)")
		if strings.Contains(err.Error(), "signature") {
			t.Error(err)
		}
	}
	if len(elsewhere) != 2 || elsewhere[0] != "signature=good" {
		t.Errorf("the storage saw %q", elsewhere)
	}
}
