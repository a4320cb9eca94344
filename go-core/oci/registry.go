package oci

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/registry"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/messages"
)

// registrySource speaks the distribution specification's two GETs itself, through the client of
// oras-go that does authentication and retries: remote.Repository compares sizes and digests too, but
// its errors for a wrong digest, a short blob and a bad header are texts without a type.
type registrySource struct {
	text   string
	ref    registry.Reference
	pinned digest.Digest // of the manifest, empty when the reference has none
	limits limits
	client *auth.Client
	idle   func()
}

var manifestTypes = strings.Join([]string{
	ocispec.MediaTypeImageManifest, ocispec.MediaTypeImageIndex, dockerManifest, dockerIndex,
}, ", ")

func (s *registrySource) manifest(ctx context.Context) ([]byte, string, error) {
	response, err := s.get(ctx, "manifests", s.ref.Reference, manifestTypes, messages.ManifestName())
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	body, err := readMetadata(s.text, response.Body)
	if err != nil {
		return nil, "", s.readError(err)
	}
	want := s.pinned
	if want == "" {
		// What the registry says of its own answer catches a proxy that mixes up answers.
		want = digest.Digest(response.Header.Get("Docker-Content-Digest"))
	}
	if want.Validate() == nil && want.Algorithm() == digest.SHA256 {
		if err := checkBytes(s.text, body, want); err != nil {
			return nil, "", err
		}
	}
	mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return body, mediaType, nil
}

func (s *registrySource) blob(ctx context.Context, want ocispec.Descriptor) (io.ReadCloser, error) {
	response, err := s.get(ctx, "blobs", want.Digest.String(), "", messages.BlobName(want.Digest.String()))
	if err != nil {
		return nil, err
	}
	if n := response.ContentLength; n >= 0 && n < want.Size {
		response.Body.Close()
		return nil, NewError(Truncated, messages.Truncated(s.text, want.Digest.String(), n, want.Size))
	}
	return response.Body, nil
}

func (s *registrySource) get(ctx context.Context, kind, name, accept, what string) (*http.Response, error) {
	if s.client == nil {
		s.client, s.idle = newClient(s.limits)
	}
	target := url.URL{Scheme: "https", Host: s.ref.Host(), Path: "/v2/" + s.ref.Repository + "/" + kind + "/" + name}
	if isLoopback(target.Hostname()) {
		target.Scheme = "http"
	}
	ctx = auth.AppendRepositoryScope(ctx, s.ref, auth.ActionPull)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, s.readError(err)
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, s.readError(err)
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, NewError(NotFound, messages.NotFound(s.text, what))
	}
	return nil, s.readError(refusal(response))
}

// refusal is what the registry said: the specification's list of errors, where there is one.
func refusal(response *http.Response) error {
	said := &errcode.ErrorResponse{
		Method: response.Request.Method, URL: response.Request.URL, StatusCode: response.StatusCode,
	}
	var body struct {
		Errors errcode.Errors `json:"errors"`
	}
	if json.NewDecoder(io.LimitReader(response.Body, 8<<10)).Decode(&body) == nil {
		said.Errors = body.Errors
	}
	return said
}

func (s *registrySource) readError(err error) error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return &Error{known.kind, messages.Network(s.text, known.text), err}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &Error{Network, messages.Network(s.text, messages.Silent(s.limits.idle)), err}
	}
	return &Error{Network, messages.Network(s.text, err.Error()), err}
}

func (s *registrySource) close() {
	if s.idle != nil {
		s.idle()
	}
}
