/// One way of reading every entropy-coded segment of a picture whose structure is known to be sound.
///
/// Witnesses are asked in turn, the first that answers decides. A witness that knows only the common kinds of picture leaves
/// the others to the next.
protocol EntropyWitness: Sendable {
    /// Reads the picture from SOI to EOI.
    ///
    /// - Parameter withEdges: whether to tell of ``Testimony/edges``, where the witness can. It takes longer.
    /// - Returns: what it saw, or `nil` where this kind of picture is not for this witness to judge.
    /// - Throws: the first damage that it met.
    func examine(
        _ picture: UnsafeRawBufferPointer, of structure: PictureStructure, withEdges: Bool
    ) throws(PictureFault) -> Testimony?
}

/// What a witness saw of a picture that it found whole.
struct Testimony {
    let luma: LumaPicture
    /// Bytes between SOI and EOI that belong to no segment.
    let skippedBytes: Int
    /// `nil` where no bytes are left over in any scan.
    let leftOver: LeftOver?
    var edges: EdgeRows?
}
