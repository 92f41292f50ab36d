/// Why a frame's picture is left out of an output.
struct PictureRefusal: Error {
    /// What a sentence about the frame ends with.
    let reason: String
}
