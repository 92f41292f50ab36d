/// Whether a camera leaves the end-of-image marker out of all its pictures. A pure value.
///
/// A picture without EOI was cut short, even where the cut fell behind its last code: what else was to come nobody knows. But a few
/// cameras never send it, and give no frame ever unless that is put up with.
struct EndMarkerHistory: Sendable {
    /// So many slots in a row, asked again in each, are the camera's way: of torn pictures not one in thousands is cut just there.
    static let enough = 3

    private(set) var isMissing: Bool
    private var missed = 0

    init(isMissing: Bool = false) { self.isMissing = isMissing }

    mutating func noteMissing() {
        missed = min(missed + 1, Self.enough)
        if missed == Self.enough { isMissing = true }
    }

    mutating func noteSeen() { (missed, isMissing) = (0, false) }
}
