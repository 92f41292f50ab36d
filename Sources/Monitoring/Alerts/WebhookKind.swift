internal import FoundationEssentials
package import Vocabulary

/// What kind of service a webhook is, and so how it wants to be told.
package enum WebhookKind: String, CaseIterable, Sendable {
    /// The event as a JSON document, and nothing else.
    case json
    /// A form of the event as JSON (`event`) and the file (`file`).
    case multipart
    /// A message of Discord, with the file attached (https://discord.com/developers/docs/resources/webhook#execute-webhook).
    case discord
    /// A message of ntfy, whose attachment is the request's body (https://docs.ntfy.sh/publish/#attach-local-file).
    case ntfy

    /// What the service takes at most of a file, where its owner says nothing else.
    package var largestFile: ByteCount {
        switch self {
        case .json: .zero
        // It is held in memory while it is sent.
        case .multipart: ByteCount(100_000_000)
        // Without a subscription: https://support.discord.com/hc/articles/25444343291031
        case .discord: ByteCount(10_000_000)
        // visitor-attachment-file-size-limit of ntfy.sh and of a server of one's own: https://docs.ntfy.sh/config/#attachments
        case .ntfy: ByteCount(15_000_000)
        }
    }
}

/// Which file goes with an event: the timelapse where the service takes it, else its poster, else none.
package struct AttachmentChoice: Hashable, Sendable {
    /// The files there are, in the order in which they are wanted, with their sizes.
    package let candidates: [Candidate]

    package struct Candidate: Hashable, Sendable {
        package let path: String
        package let bytes: ByteCount

        package init(path: String, bytes: ByteCount) { (self.path, self.bytes) = (path, bytes) }

        /// - Returns: `nil` where there is no such file.
        init?(path: String) {
            guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 else {
                return nil
            }
            self.init(path: path, bytes: ByteCount(size))
        }

        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    package init(_ candidates: [Candidate]) { self.candidates = candidates }

    /// - Returns: also whether something that is wanted more is too large.
    package func chosen(atMost limit: ByteCount) -> (file: Candidate?, leavesOut: Bool) {
        let place = candidates.firstIndex { $0.bytes <= limit }
        return (place.map { candidates[$0] }, !candidates.isEmpty && place != 0)
    }
}
