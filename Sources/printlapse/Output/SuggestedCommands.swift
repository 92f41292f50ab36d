import Foundation

/// The commands of this program that a hint quotes, made so that they work as they stand: on the archive and with the configuration
/// that the present command was given.
struct SuggestedCommands {
    /// The options to repeat, quoted for a shell: ` --archive '/mnt/my disk/a.sqlite'`.
    private let options: String

    /// These know neither archive nor configuration, or would not be about it.
    private static let without: Set<Substring> = ["simulate", "help", "schema"]

    /// - Parameter arguments: of the present command.
    init(after arguments: [String]) {
        var options = ""
        for name in ["--archive", "--config"] {
            let value =
                arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
                ?? arguments.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
            if let value { options += " \(name) \(value.shellQuoted)" }
        }
        self.options = options
    }

    func completed(_ text: String) -> String {
        guard !options.isEmpty else { return text }
        return text.replacing(#/“printlapse (?<words>[^”]+)”/#) { match in
            let words = match.output.words
            let name = words.prefix { $0 != " " }
            // A command's help, and one that names its archive already.
            guard !Self.without.contains(name), !words.contains("--archive"), !words.contains("--help") else {
                return String(match.output.0)
            }
            return "“printlapse \(words)\(options)”"
        }
    }
}

extension String {
    /// As a POSIX shell takes it for one word.
    var shellQuoted: String {
        let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:@%,=".contains($0)) }
        return isPlain ? self : "'" + replacing("'", with: #"'\''"#) + "'"
    }
}
