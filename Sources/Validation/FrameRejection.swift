package import Vocabulary

/// Why a snapshot is no frame: what is wrong with it, and where.
package struct FrameRejection: Error, Hashable, Sendable, CustomStringConvertible {
    package let verdict: Verdict
    /// What is wrong and where, as one clause without a full stop. Nothing of the body is quoted.
    package let description: String
    /// Where in the body it shows: exactly for the structure; for damaged entropy-coded data to within one row of blocks.
    /// `nil` where it is about the picture as a whole.
    package let offset: Int?
    /// The size of the body.
    package let receivedBytes: ByteCount

    package init(verdict: Verdict, description: String, offset: Int? = nil, receivedBytes: ByteCount) {
        self.verdict = verdict
        self.description = description
        self.offset = offset
        self.receivedBytes = receivedBytes
    }

    /// The verdict's name, one of a fixed set, for logs, metrics and the ledger.
    package var label: String { verdict.rawValue }

    /// What the person does now.
    package var hint: String { verdict.hint }

    /// Whether the same picture, fetched again at once, may well be whole: it was torn or damaged rather than of a kind
    /// that is refused.
    package var isWorthAnotherTry: Bool { verdict.isPassing }
}

extension FrameRejection {
    /// Everything that a picture can be rejected for.
    package enum Verdict: String, CaseIterable, Sendable {
        /// No bytes at all.
        case empty
        /// Another kind of content.
        case notJPEG = "not_jpeg"
        /// The bytes end before the picture does.
        case truncated
        /// The segments do not make a picture: missing, misplaced or contradicting one another.
        case corruptStructure = "corrupt_structure"
        /// Entropy-coded data is not what was encoded.
        case corruptData = "corrupt_data"
        /// The end comes before every coefficient was sent: scans are missing.
        case incomplete
        /// More bytes than ``FrameLimits/bytes``.
        case tooLarge = "too_large"
        /// More pixels than ``FrameLimits/pixels``, or a side longer than 65,500.
        case tooManyPixels = "too_many_pixels"
        /// More scans than ``FrameLimits/scans``, or scans that visit more than ``FrameLimits/visitedSamples``.
        case tooManyScans = "too_many_scans"
        /// More marker segments than ``FrameLimits/markers``.
        case tooManyMarkers = "too_many_markers"
        /// More than ``FrameLimits/coefficientMemory`` to decode.
        case tooMuchMemory = "too_much_memory"
        /// Samples of other than 8 bits.
        case unsupportedPrecision = "unsupported_precision"
        /// Lossless JPEG or JPEG-LS.
        case unsupportedLossless = "unsupported_lossless"
        /// Hierarchical JPEG.
        case unsupportedHierarchical = "unsupported_hierarchical"
        /// The height is given only after the first scan (DNL).
        case unsupportedHeight = "unsupported_height"
        /// Two components, or more than four.
        case unsupportedComponents = "unsupported_components"
        /// Sampling factors whose ratio is no whole number.
        case unsupportedSampling = "unsupported_sampling"
        /// Arithmetic coding where the system's libjpeg was built without it.
        case unsupportedCoding = "unsupported_coding"
    }
}

extension FrameRejection.Verdict {
    fileprivate var isPassing: Bool {
        switch self {
        case .empty, .truncated, .corruptStructure, .corruptData, .incomplete: true
        case .notJPEG, .tooLarge, .tooManyPixels, .tooManyScans, .tooManyMarkers, .tooMuchMemory, .unsupportedPrecision,
            .unsupportedLossless, .unsupportedHierarchical, .unsupportedHeight, .unsupportedComponents,
            .unsupportedSampling, .unsupportedCoding:
            false
        }
    }

    fileprivate var hint: String {
        switch self {
        case .empty, .truncated, .corruptStructure, .corruptData, .incomplete:
            "The picture was cut or damaged on its way, or read while it was being written. If it happens in most slots, "
                + "look at the network between camera and server."
        case .notJPEG:
            "The address serves something other than a JPEG snapshot. Open it in a browser to see what it is."
        case .tooLarge, .tooManyPixels, .tooManyScans, .tooManyMarkers, .tooMuchMemory:
            "Lower the camera's resolution or quality, or have it send baseline JPEG."
        case .unsupportedPrecision, .unsupportedLossless, .unsupportedHierarchical, .unsupportedHeight,
            .unsupportedComponents, .unsupportedSampling, .unsupportedCoding:
            "Set the camera to ordinary 8-bit baseline or progressive JPEG."
        }
    }
}
