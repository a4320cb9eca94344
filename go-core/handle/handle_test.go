package handle

import (
	"sync"
	"testing"
)

func TestHandleIsNeverReused(t *testing.T) {
	var table Table[string]
	first := table.Open("a")
	if value, state := table.Get(first); value != "a" || state != Open || first == 0 {
		t.Fatalf("%d gives %q, %d", first, value, state)
	}
	if table.Close(first) != Open || table.Close(first) != Closed {
		t.Fatal("close is not open, then closed")
	}
	second := table.Open("b")
	if second == first {
		t.Fatalf("%d twice", first)
	}
	if value, state := table.Get(first); value != "" || state != Closed {
		t.Errorf("the closed handle gives %q, %d", value, state)
	}
	if table.Close(first); table.Live() != 1 {
		t.Error("a late close closed somebody else's value")
	}
}

func TestHandleHoldsSlotAndGeneration(t *testing.T) {
	var table Table[int]
	if first, second := table.Open(1), table.Open(2); first != 1<<32|1 || second != 1<<32|2 {
		t.Errorf("%#x, %#x", first, second)
	}
	table.Close(1<<32 | 1)
	if again := table.Open(3); again != 2<<32|1 {
		t.Errorf("%#x: the slot of a closed handle is used again, in its next generation", again)
	}
	if len(table.slots) != 2 {
		t.Errorf("%d slots", len(table.slots))
	}
}

func TestUnknownHandles(t *testing.T) {
	var table Table[int]
	open := table.Open(1)
	for _, number := range []uint64{0, 1, open + 1, open + 1<<32, 1 << 32, 1<<64 - 1} {
		if _, state := table.Get(number); state != Unknown {
			t.Errorf("Get(%#x) is %d", number, state)
		}
		if state := table.Close(number); state != Unknown {
			t.Errorf("Close(%#x) is %d", number, state)
		}
	}
}

func TestSlotWithUsedUpGenerationsIsRetired(t *testing.T) {
	var table Table[int]
	table.Close(table.Open(1))
	table.slots[0].generation = lastGeneration - 1
	last := table.Open(2)
	table.Close(last)
	if next := table.Open(3); uint32(next) == uint32(last) {
		t.Errorf("%#x follows %#x in the same slot", next, last)
	}
}

func TestConcurrentUse(t *testing.T) {
	var table Table[int]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 2000 {
				number := table.Open(i)
				if value, state := table.Get(number); value != i || state != Open {
					t.Errorf("%d gives %d, %d", number, value, state)
				}
				if table.Close(number) != Open {
					t.Errorf("%d was closed by somebody else", number)
				}
			}
		})
	}
	all.Wait()
	if table.Live() != 0 {
		t.Errorf("%d live", table.Live())
	}
}
