// Package handle assigns numbers to Go values so that C code can refer to them. No number is used twice, so
// using a closed handle is an error and never reaches another value.
package handle

import "sync"

// State is the state of a number in a [Table].
type State int

const (
	Unknown State = iota // was never a handle
	Open
	Closed
)

// Table maps handles to values. Its zero value is an empty table. It is safe for concurrent use.
//
// The low 32 bits of a handle hold the slot number plus 1, the high 32 bits the generation of the slot. A slot
// that has reached its last generation is not used again.
type Table[T any] struct {
	mu    sync.Mutex
	slots []slot[T]
	free  []uint32
	live  int64
}

type slot[T any] struct {
	value      T
	generation uint32
	open       bool
}

const lastGeneration = 1<<32 - 1

// Open stores a value and returns its handle, which is never 0.
func (t *Table[T]) Open(value T) uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var index uint32
	if n := len(t.free); n > 0 {
		index, t.free = t.free[n-1], t.free[:n-1]
	} else {
		index = uint32(len(t.slots))
		t.slots = append(t.slots, slot[T]{})
	}
	s := &t.slots[index]
	s.value, s.open = value, true
	s.generation++
	t.live++
	return uint64(s.generation)<<32 | uint64(index+1)
}

// Get returns the value of an open handle, and the state of the number.
func (t *Table[T]) Get(number uint64) (T, State) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, state := t.find(number)
	if state != Open {
		var zero T
		return zero, state
	}
	return s.value, Open
}

// Close removes a value. It returns the state that the number had before.
func (t *Table[T]) Close(number uint64) State {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, state := t.find(number)
	if state != Open {
		return state
	}
	var zero T
	s.value, s.open = zero, false
	t.live--
	if s.generation != lastGeneration {
		t.free = append(t.free, uint32(number)-1)
	}
	return Open
}

// Live returns the number of open handles.
func (t *Table[T]) Live() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.live
}

func (t *Table[T]) find(number uint64) (*slot[T], State) {
	index, generation := uint32(number)-1, uint32(number>>32)
	if uint32(number) == 0 || uint64(index) >= uint64(len(t.slots)) {
		return nil, Unknown
	}
	s := &t.slots[index]
	switch {
	case generation == 0 || generation > s.generation:
		return nil, Unknown
	case generation < s.generation || !s.open:
		return s, Closed
	}
	return s, Open
}
