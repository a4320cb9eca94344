package transport

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// Range of the wait before the next attempt if the registry requests none. The wait doubles each time.
const (
	minBackoff = 250 * time.Millisecond
	maxBackoff = 4 * time.Second
)

// Retry runs a step, which is one request or one blob. It runs the step again if the registry was busy or the
// connection broke, at most as often as option retries allows. The step's errors come from [Session.TranslateError].
// A peer that sent nothing within the idle limit is not retried: the limit is a promise to the user.
func (s *Session) Retry(ctx context.Context, step func(ctx context.Context) error) error {
	for tries := 1; ; tries++ {
		once, requested := withRetryAfter(ctx)
		err := step(once)
		if err == nil || ctx.Err() != nil || !IsTransient(err) {
			return err
		}
		wait := backoff(tries, requested.get())
		switch {
		case wait > s.options.RetryAfter:
			return errkind.Wrap(err, errkind.Of(err), messages.RetryAfterTooLong(err.Error(), wait, s.options.RetryAfter, tries))
		case tries > s.options.Retries:
			return errkind.Wrap(err, errkind.Of(err), messages.Tried(err.Error(), tries))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

func backoff(tries int, requested time.Duration) time.Duration {
	wait := min(minBackoff<<(tries-1), maxBackoff)
	wait = wait*9/10 + rand.N(wait/5) // jitter spreads clients that were refused at the same moment
	return max(wait, requested)
}

// IsTransient reports whether the same request may succeed a moment later.
func IsTransient(err error) bool {
	var response *errcode.ErrorResponse
	if errors.As(err, &response) {
		return isRetryable(response.StatusCode)
	}
	return IsDisconnect(err)
}

// IsStatus reports whether err is a registry's response with this status.
func IsStatus(err error, status int) bool {
	var response *errcode.ErrorResponse
	return errors.As(err, &response) && response.StatusCode == status
}

func isRetryable(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// IsDisconnect reports whether the connection was lost. net/http closes a connection that breaks while a
// request is being written, and has no exported error for a kept connection that the server closed.
func IsDisconnect(err error) bool {
	for _, cut := range []error{
		io.ErrUnexpectedEOF, io.EOF, net.ErrClosed, syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED,
	} {
		if errors.Is(err, cut) {
			return true
		}
	}
	return err != nil && strings.HasSuffix(err.Error(), "http: server closed idle connection")
}

type retryAfterKey struct{}

// retryAfter is the wait that the last response of one attempt requested.
type retryAfter struct {
	mu   sync.Mutex
	wait time.Duration
}

func withRetryAfter(ctx context.Context) (context.Context, *retryAfter) {
	r := &retryAfter{}
	return context.WithValue(ctx, retryAfterKey{}, r), r
}

// set parses a Retry-After header: seconds or a date (RFC 9110, section 10.2.3).
func (r *retryAfter) set(header string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		r.wait = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		r.wait = max(0, date.Sub(now))
	} else {
		r.wait = 0
	}
}

func (r *retryAfter) get() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wait
}
