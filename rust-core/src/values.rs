//! Slots: a WebAssembly number as 64 bits. i32 and f32 have their bits in the low half; the high half is
//! ignored in arguments and 0 in results. The bits of NaNs are never changed.

use wasmi::{F32, F64, FuncType, Val, ValType};

pub(crate) fn is_number(ty: ValType) -> bool {
    matches!(
        ty,
        ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64
    )
}

pub(crate) fn all_numbers(ty: &FuncType) -> bool {
    let mut values = ty.params().iter().chain(ty.results());
    values.all(|ty| is_number(*ty))
}

/// None if the type is not a number.
pub(crate) fn from_slot(ty: ValType, slot: u64) -> Option<Val> {
    let low = slot as u32;
    match ty {
        ValType::I32 => Some(Val::I32(low.cast_signed())),
        ValType::I64 => Some(Val::I64(slot.cast_signed())),
        ValType::F32 => Some(Val::F32(F32::from_bits(low))),
        ValType::F64 => Some(Val::F64(F64::from_bits(slot))),
        ValType::V128 | ValType::FuncRef | ValType::ExternRef => None,
    }
}

/// None if the value is not a number.
pub(crate) fn to_slot(value: &Val) -> Option<u64> {
    match value {
        Val::I32(value) => Some(u64::from(value.cast_unsigned())),
        Val::I64(value) => Some(value.cast_unsigned()),
        Val::F32(value) => Some(u64::from(value.to_bits())),
        Val::F64(value) => Some(value.to_bits()),
        Val::V128(_) | Val::FuncRef(_) | Val::ExternRef(_) => None,
    }
}
