package web

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// Explain gives a failed request of a registry its kind and its text; what names, for a 404, what was asked
// for.
func (s *Session) Explain(err error, ref, host, what string) error {
	if known := fail.Known(err); known != nil {
		return fail.Because(err, known.Kind(), messages.Network(ref, known.Error()))
	}
	var said *errcode.ErrorResponse
	if errors.As(err, &said) {
		return s.refused(err, said, ref, host, what)
	}
	if errors.Is(err, auth.ErrBasicCredentialNotFound) {
		return fail.Because(err, fail.Unauthorized, messages.Unauthorized(ref, messages.NothingSaid(), s.keys.used(host)))
	}
	var late net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fail.Because(err, fail.Timeout, messages.Network(ref, messages.Silent(s.options.Idle)))
	case errors.As(err, &late) && late.Timeout():
		return fail.Because(err, fail.Timeout, messages.Network(ref, messages.NoAnswer(s.options.Connect, err.Error())))
	case errors.As(err, &certificate):
		return fail.Because(err, fail.Network, messages.Network(ref, messages.BadCertificate(err.Error())))
	case errors.Is(err, http.ErrSchemeMismatch):
		return fail.Because(err, fail.Network, messages.Network(ref, messages.SpeaksPlain(host)))
	}
	return fail.Because(err, fail.Network, messages.Network(ref, err.Error()))
}

func (s *Session) refused(err error, said *errcode.ErrorResponse, ref, host, what string) error {
	reason := http.StatusText(said.StatusCode)
	if len(said.Errors) > 0 {
		reason = said.Errors.Error()
	}
	asked := said.Method + " " + said.URL.String()
	switch said.StatusCode {
	case http.StatusUnauthorized:
		return fail.Because(err, fail.Unauthorized, messages.Unauthorized(ref, reason, s.keys.used(host)))
	case http.StatusForbidden:
		return fail.Because(err, fail.Forbidden, messages.Forbidden(ref, reason, s.keys.used(host)))
	case http.StatusNotFound:
		return fail.Because(err, fail.NotFound, messages.NotFound(ref, what))
	case http.StatusRequestEntityTooLarge:
		return fail.Because(err, fail.TooLarge, messages.Refused(ref, asked, said.StatusCode, reason))
	case http.StatusProxyAuthRequired:
		return fail.Because(err, fail.Network, messages.Network(ref, messages.ProxyWantsCredentials()))
	}
	return fail.Because(err, fail.Network, messages.Refused(ref, asked, said.StatusCode, reason))
}

// Refusal is what the registry said: the specification's list of errors, where there is one. It closes the
// body.
func Refusal(response *http.Response) error {
	defer response.Body.Close()
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
