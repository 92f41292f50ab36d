internal import Synchronization
internal import Vocabulary

/// Where the credentials for buckets are found, none of which an archive or a configuration ever holds.
///
/// In this order, as Amazon's own tools look: the variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`;
/// the shared file that `AWS_SHARED_CREDENTIALS_FILE` names; systemd's credential `s3` (`LoadCredential=s3:…`), which is
/// such a file; `~/.aws/credentials`. Of a file `AWS_PROFILE` names the section, `default` without it.
///
/// They are kept until the server does not take them, and then read anew: a file's owner renews what expires.
final class S3CredentialSources: Sendable {
    static let serviceCredential = "s3"
    private static let longestFile = 1 << 20

    private let environment: [String: String]
    private let store: StoreLocation
    private let kept = Mutex<S3Credentials?>(nil)

    init(_ environment: [String: String], for store: StoreLocation) {
        (self.environment, self.store) = (environment, store)
    }

    /// The credentials, read once.
    ///
    /// - Throws: ``StoreError/noCredentials(_:)``, ``StoreError/credentialsFile(path:problem:)``
    func current() throws(StoreError) -> S3Credentials {
        if let credentials = kept.withLock({ $0 }) { return credentials }
        let credentials = try read()
        kept.withLock { $0 = credentials }
        return credentials
    }

    /// Reads anew what was refused.
    ///
    /// - Returns: whether there are others now.
    func renew(after refused: S3Credentials) throws(StoreError) -> Bool {
        let credentials = try read()
        kept.withLock { $0 = credentials }
        return credentials != refused
    }

    private func read() throws(StoreError) -> S3Credentials {
        if let accessKey = value(of: "AWS_ACCESS_KEY_ID"), let secretKey = value(of: "AWS_SECRET_ACCESS_KEY") {
            let token = value(of: "AWS_SESSION_TOKEN")
            guard let found = S3Credentials(accessKey: accessKey, secretKey: secretKey, sessionToken: token) else {
                throw .credentialsFile(path: "AWS_ACCESS_KEY_ID", problem: "they hold what no credentials have")
            }
            return found
        }
        for (path, isNamed) in files {
            if let found = try credentials(in: path, isNamed: isNamed) { return found }
        }
        throw .noCredentials(store)
    }

    /// With whether somebody named it, so that it has to be there.
    private var files: [(path: String, isNamed: Bool)] {
        [
            value(of: "AWS_SHARED_CREDENTIALS_FILE").map { ($0, true) },
            value(of: "CREDENTIALS_DIRECTORY").map { ("\($0)/\(Self.serviceCredential)", false) },
            value(of: "HOME").map { ("\($0)/.aws/credentials", false) },
        ].compactMap(\.self)
    }

    private func credentials(in path: String, isNamed: Bool) throws(StoreError) -> S3Credentials? {
        let file: PlainFile?
        do throws(PlainFileProblem) {
            file = try PlainFile(at: path, atMost: Self.longestFile)
        } catch {
            throw .credentialsFile(path: path, problem: error.description)
        }
        guard let file else {
            guard !isNamed else { throw .credentialsFile(path: path, problem: "it is not there") }
            return nil
        }
        let sections = Self.sections(of: String(decoding: file.bytes, as: UTF8.self))
        let profile = value(of: "AWS_PROFILE")
        guard let section = sections[profile ?? "default"] else {
            guard profile == nil, !isNamed else {
                throw .credentialsFile(path: path, problem: "it has no section [\((profile ?? "default").printable)]")
            }
            return nil
        }
        guard
            let found = S3Credentials(
                accessKey: section["aws_access_key_id"] ?? "", secretKey: section["aws_secret_access_key"] ?? "",
                sessionToken: section["aws_session_token"])
        else {
            throw .credentialsFile(
                path: path, problem: "its section [\((profile ?? "default").printable)] lacks a key, or holds none")
        }
        return found
    }

    /// An INI file's keys, in lower case, by section. Lines that are none are passed over.
    private static func sections(of text: String) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        var section: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.trimmingSpaces
            if words.hasPrefix("["), words.hasSuffix("]") {
                section = words.dropFirst().dropLast().trimmingSpaces
            } else if let section, !words.hasPrefix("#"), !words.hasPrefix(";"),
                let equals = words.firstIndex(of: "=")
            {
                let value = words[equals...].dropFirst().trimmingSpaces
                sections[section, default: [:]][words[..<equals].trimmingSpaces.lowercased()] = value
            }
        }
        return sections
    }

    private func value(of variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
