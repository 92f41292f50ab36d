/// What an output is, as far as options go.
package enum OutputKind: String, CaseIterable, Hashable, Sendable {
    /// A video that is encoded: .mp4, .mkv, .webm.
    case video
    /// A video of the stored JPEGs.
    case lossless
    case gif
    case webp
    /// A folder, ZIP or tar of JPEGs.
    case pictures
    case contact
    case keogram
    case average
    case brightest
    case beforeAfter = "before-after"

    init(_ format: ExportFormat, _ request: ExportRequest) {
        self =
            switch format {
            case .folder, .zip, .tar: .pictures
            case .gif: .gif
            case .webp: .webp
            case .mp4, .mkv, .webm, .avi: request.video.isLossless ? .lossless : .video
            case .sheet:
                switch request.sheet.kind {
                case .contact: .contact
                case .keogram: .keogram
                case .average: .average
                case .brightest: .brightest
                case .beforeAfter: .beforeAfter
                }
            }
    }

    /// As a sentence has it.
    package var phrase: String {
        switch self {
        case .video: "a video"
        case .lossless: "a lossless video"
        case .gif: "a .gif"
        case .webp: "a .webp"
        case .pictures: "pictures as they are stored"
        case .contact: "a contact sheet"
        case .keogram: "a keogram"
        case .average: "an average"
        case .brightest: "a sheet of the brightest light"
        case .beforeAfter: "a sheet of before and after"
        }
    }

    static let moving: Set = [video, gif, webp]
    static let sheets: Set = [contact, keogram, average, brightest, beforeAfter]
}
