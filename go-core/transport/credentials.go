package transport

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// credentialFinder finds the credentials for a registry: those of the options, or else those of the Docker
// configuration. It is used only when a registry requires credentials, and only for that registry.
type credentialFinder struct {
	options options.Options

	mu      sync.Mutex
	lookups map[string]lookup
}

// lookup is the result for one registry. origin describes the source of the credential for error texts.
type lookup struct {
	credential auth.Credential
	origin     string
	err        error
}

// check reports an unreadable file in option docker-config at once, instead of when the first registry
// requires credentials.
func (f *credentialFinder) check() error {
	if f.options.DockerConfig == "" || f.options.DockerConfig == options.None {
		return nil
	}
	_, err := readOptionFile(options.DockerConfig, f.options.DockerConfig)
	return err
}

// credential is an [auth.CredentialFunc]. It runs one lookup per registry, because a helper may prompt its
// user.
func (f *credentialFinder) credential(ctx context.Context, host string) (auth.Credential, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	result, known := f.lookups[host]
	if !known {
		result = f.lookUp(ctx, host)
		if ctx.Err() != nil {
			return auth.EmptyCredential, ctx.Err()
		}
		if f.lookups == nil {
			f.lookups = map[string]lookup{}
		}
		f.lookups[host] = result
	}
	return result.credential, result.err
}

// describeUse describes, for error texts, which credentials were sent to a registry.
func (f *credentialFinder) describeUse(host string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	result, known := f.lookups[host]
	if !known {
		return messages.CredentialsNotSent()
	}
	if result.credential == auth.EmptyCredential {
		return messages.NoCredentials(host, result.origin)
	}
	return messages.CredentialsRefused(result.origin)
}

func (f *credentialFinder) lookUp(ctx context.Context, host string) lookup {
	if f.options.Username != "" {
		return lookup{
			credential: auth.Credential{Username: f.options.Username, Password: f.options.Password},
			origin:     messages.FromOptions(),
		}
	}
	path := f.options.DockerConfig
	if path == "" {
		path = userConfig()
	}
	if path == options.None || path == "" {
		return lookup{origin: messages.NoConfig()}
	}
	content, err := readOptionFile(options.DockerConfig, path)
	if errors.Is(err, fs.ErrNotExist) {
		return lookup{origin: messages.NoConfig()}
	}
	if err != nil {
		return lookup{err: err}
	}
	return lookUpIn(ctx, path, content, credentials.ServerAddressFromHostname(host), f.options)
}

// lookUpIn reads a Docker configuration in Docker's order: the helper for this registry, then the helper for
// all registries, then the credentials in the file itself.
func lookUpIn(ctx context.Context, path string, content []byte, server string, o options.Options) lookup {
	var config struct {
		CredsStore  string            `json:"credsStore"`
		CredHelpers map[string]string `json:"credHelpers"`
	}
	// The errors of both parsers quote the file, which contains passwords, so they are not shown.
	bad := errkind.New(errkind.InvalidArgument, messages.BadDockerConfig(path, server))
	if len(content) > 0 && json.Unmarshal(content, &config) != nil {
		return lookup{err: bad}
	}
	helper := config.CredHelpers[server]
	if helper == "" {
		helper = config.CredsStore
	}
	if helper != "" {
		credential, err := runHelper(ctx, helper, server, path, o.Helper)
		return lookup{credential, messages.FromHelper(helperPrefix+helper, path), err}
	}
	store, err := credentials.NewFileStore(path)
	if err != nil {
		return lookup{err: bad}
	}
	credential, err := store.Get(ctx, server)
	if err != nil {
		return lookup{err: bad}
	}
	return lookup{credential, messages.FromConfig(path), nil}
}

// userConfig returns the path of the user's Docker configuration, by Docker's own rule, or "" if the user has
// no home directory.
func userConfig() string {
	if dir := os.Getenv("DOCKER_CONFIG"); dir != "" {
		return filepath.Join(dir, "config.json")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".docker", "config.json")
}
