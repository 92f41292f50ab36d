internal import Foundation
internal import Subprocess

/// A font that is installed.
struct VideoFont: Hashable, Sendable {
    let family: String
    /// The folder in which it is, where fontconfig does not know it.
    var folder: String?

    /// Asks fontconfig for its font without serifs, or looks where fonts usually are.
    ///
    /// - Throws: ``ExportError/fontMissing``
    static func find(
        searchPath: String? = nil, folders: [String] = commonFolders
    ) async throws(ExportError) -> VideoFont {
        if let family = await familyByFontconfig(searchPath) { return VideoFont(family: family) }
        for folder in folders {
            for (file, family) in commonFiles where FileManager.default.fileExists(atPath: "\(folder)/\(file)") {
                return VideoFont(family: family, folder: folder)
            }
        }
        throw .fontMissing
    }

    /// `nil` where fontconfig or every font is missing.
    private static func familyByFontconfig(_ searchPath: String?) async -> String? {
        let answer = try? await ProgramAnswer.ask(
            .name("fc-match"), ["--format", "%{family[0]}\n%{file}", "sans-serif"], FFmpeg.environment(searchPath))
        guard let (status, text) = answer, status.isSuccess else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        // A comma parts the fields of a style.
        guard lines.count == 2, !lines[0].contains(","), FileManager.default.fileExists(atPath: lines[1]) else {
            return nil
        }
        return lines[0]
    }

    private static let commonFolders = [
        "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/noto",
        "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF", "/usr/local/share/fonts", "/System/Library/Fonts",
        "/Library/Fonts",
    ]

    private static let commonFiles = [
        ("DejaVuSans.ttf", "DejaVu Sans"), ("LiberationSans-Regular.ttf", "Liberation Sans"),
        ("NotoSans-Regular.ttf", "Noto Sans"), ("Helvetica.ttc", "Helvetica"), ("Arial.ttf", "Arial"),
    ]
}
