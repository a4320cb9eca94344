package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// constByte is the type of bridge.h that stands for const uint8_t in Go, which has no const.
const constByte = "swg_const_byte"

// maxLine is the line length of C sources (.clang-format).
const maxLine = 110

// parameters returns the parameters as C declarations.
func parameters(list *ast.FieldList, known map[string]bool) ([]string, error) {
	var declarations []string
	for _, field := range list.List {
		c, err := cType(field.Type, known)
		if err != nil {
			return nil, err
		}
		if len(field.Names) == 0 {
			return nil, fmt.Errorf("has a parameter without a name")
		}
		for _, name := range field.Names {
			declarations = append(declarations, declarator(c, name.Name))
		}
	}
	if declarations == nil {
		return []string{"void"}, nil
	}
	return declarations, nil
}

// result returns the C type of the result.
func result(list *ast.FieldList, known map[string]bool) (string, error) {
	switch {
	case list.NumFields() == 0:
		return "void", nil
	case list.NumFields() > 1:
		return "", fmt.Errorf("has %d results; a C function has one at most", list.NumFields())
	}
	return cType(list.List[0].Type, known)
}

// cType translates the Go type of a parameter or result into C.
func cType(expression ast.Expr, known map[string]bool) (string, error) {
	written := types.ExprString(expression)
	if written == "unsafe.Pointer" {
		return "void *", nil
	}
	name, isPointer := strings.CutPrefix(written, "*")
	name, isC := strings.CutPrefix(name, "C.")
	switch {
	case isC && isPointer && name == constByte:
		return "const uint8_t *", nil
	case isC && isPointer && known[name]:
		return name + " *", nil
	case isC && known[name]:
		return name, nil
	}
	return "", fmt.Errorf("uses the type %s, which is neither a type of abi.h nor an integer type of C; "+
		"declare it in export/abi.h", written)
}

// declarator joins a C type and a name.
func declarator(c, name string) string {
	if strings.HasSuffix(c, "*") {
		return c + name
	}
	return c + " " + name
}

// wrap formats a prototype as clang-format does: parameters that do not fit continue below the first one.
func wrap(head string, parameters []string) string {
	var lines []string
	line := head
	for i, parameter := range parameters {
		piece := parameter + ","
		if i == len(parameters)-1 {
			piece = parameter + ");"
		}
		switch {
		case i == 0:
			line += piece
		case len(line)+1+len(piece) > maxLine:
			lines = append(lines, line)
			line = strings.Repeat(" ", len(head)) + piece
		default:
			line += " " + piece
		}
	}
	return strings.Join(append(lines, line), "\n")
}
