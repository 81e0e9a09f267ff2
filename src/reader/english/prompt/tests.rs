//! The knowledge is sound, and prompts become what an engineer draws.
