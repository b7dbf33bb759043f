//! What is known of a thing in AWS.

/// What this pass knows of a thing: nothing yet, that it is not there, or what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Seen<T> {
    #[default]
    Unread,
    Absent,
    Known(T),
}

impl<T> Seen<T> {
    pub fn is_unread(&self) -> bool {
        matches!(self, Seen::Unread)
    }

    pub fn known(&self) -> Option<&T> {
        match self {
            Seen::Known(value) => Some(value),
            Seen::Unread | Seen::Absent => None,
        }
    }

    pub fn known_mut(&mut self) -> Option<&mut T> {
        match self {
            Seen::Known(value) => Some(value),
            Seen::Unread | Seen::Absent => None,
        }
    }
}

/// What may not be there, as an answer says it.
impl<T> From<Option<T>> for Seen<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Seen::Absent, Seen::Known)
    }
}
