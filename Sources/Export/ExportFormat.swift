/// What an export makes, chosen by the ending of its output's name.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    /// A folder of JPEGs, byte for byte as archived, with a manifest and checksums.
    case folder
    /// The same in a ZIP file, stored.
    case zip
    /// The same in a tar file.
    case tar
    /// A video in an MP4 file, H.264 unless told otherwise.
    case mp4
    /// A video in a Matroska file, H.264 unless told otherwise, or the JPEGs themselves.
    case mkv
    /// A VP9 video in a WebM file, or AV1.
    case webm
    /// The JPEGs themselves as a video in an AVI file.
    case avi
    /// An animated GIF.
    case gif
    /// An animated WebP.
    case webp
    /// A picture made of many: a contact sheet, a keogram and others, as a JPEG.
    case sheet

    /// The ending that chooses this format, with its dot; empty for a folder.
    ///
    /// A new format is a case here, an ending, and a ``FrameDestination`` in ``Exporter``.
    package var ending: String {
        switch self {
        case .folder: ""
        case .zip: ".zip"
        case .tar: ".tar"
        case .mp4: ".mp4"
        case .mkv: ".mkv"
        case .webm: ".webm"
        case .avi: ".avi"
        case .gif: ".gif"
        case .webp: ".webp"
        case .sheet: ".jpg"
        }
    }

    /// Whether frames become moments of a video, so that a pace applies.
    package var isVideo: Bool {
        switch self {
        case .folder, .zip, .tar, .sheet: false
        case .mp4, .mkv, .webm, .avi, .gif, .webp: true
        }
    }

    /// Whether the frames' pictures stay pictures, so that they have names, dates and checksums.
    package var holdsPictures: Bool {
        switch self {
        case .folder, .zip, .tar: true
        case .mp4, .mkv, .webm, .avi, .gif, .webp, .sheet: false
        }
    }

    /// Whether it is written in one forward pass, so that it can go to standard output.
    package var isStream: Bool {
        switch self {
        case .zip, .tar: true
        case .folder, .mp4, .mkv, .webm, .avi, .gif, .webp, .sheet: false
        }
    }

    /// As a sentence has it.
    var phrase: String { self == .folder ? "a folder" : "a \(ending) file" }

    /// Reads the ending of an output's path. Upper and lower case are the same; a name without an ending, or with a
    /// slash at its end, is a folder's.
    ///
    /// - Throws: ``ExportError/unsupportedEnding(_:)``
    package init(output: String) throws(ExportError) {
        let ending = output.hasSuffix("/") ? "" : Self.ending(ofPath: output).lowercased()
        guard let format = Self.allCases.first(where: { $0.ending == ending }) else {
            throw .unsupportedEnding(ending)
        }
        self = format
    }

    /// The supported endings as a sentence has them: `.mp4, or no ending for a folder`.
    static var supported: String {
        let endings = allCases.map(\.ending).filter { !$0.isEmpty }
        return endings.joined(separator: ", ") + ", or no ending (or a slash) for a folder of JPEGs"
    }

    /// The last dot of the path's last name and what follows it; empty where there is none but at the name's start.
    private static func ending(ofPath path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex, !name.allSatisfy({ $0 == "." }) else {
            return ""
        }
        return String(name[dot...])
    }
}
