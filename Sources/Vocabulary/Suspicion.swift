/// What is odd about a picture that decodes: nearly always, why it may not be what the camera saw.
///
/// Nothing is proven: the frame is kept, marked, and where it is doubtful left out of exports unless they are told to take it.
public struct Suspicion: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// From some block on all is brighter or darker than the frame before lets expect: an upper and a lower part that
        /// do not belong together.
        case seam
        /// The lowest rows are of one flat grey: a server coded a picture anew that reached it in part.
        case greyFoot = "grey_foot"
        /// Bytes are left over inside the scan, as in every picture of this camera.
        case oddScan = "odd_scan"
        /// The end-of-image marker is missing, as in every picture of this camera, and nothing else is.
        case noEOI = "no_eoi"

        /// Whether such a picture may not be what the camera saw. Exports leave these out; a whole one they take.
        public var isDoubtful: Bool { self != .noEOI }
    }

    public let kind: Kind
    /// Where it shows, in a few words.
    public let place: String

    public init(_ kind: Kind, at place: String) {
        (self.kind, self.place) = (kind, place)
    }
}
