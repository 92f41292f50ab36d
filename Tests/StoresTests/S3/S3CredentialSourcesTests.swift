import Foundation
import HTTP
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite struct `Credentials for a bucket` {
    private let folder: TemporaryFolder
    private let store: StoreLocation

    init() throws {
        folder = try TemporaryFolder()
        store = try StoreLocation("s3://pictures")
    }

    private func found(_ environment: [String: String]) throws -> [String?] {
        let found = try S3CredentialSources(environment, for: store).current()
        return [found.accessKey.revealed, found.secretKey.revealed, found.sessionToken?.revealed]
    }

    private func file(_ section: String, _ key: String) -> String {
        "[\(section)]\naws_access_key_id = \(key)\naws_secret_access_key=secret-\(key)\n"
    }

    @Test func `are taken from the variables before anything else`() throws {
        let shared = try folder.write(file("default", "file"), to: "credentials")
        let variables = [
            "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SHARED_CREDENTIALS_FILE": shared,
        ]
        #expect(try found(variables) == ["key", "secret", nil])
        #expect(try found(variables.merging(["AWS_SESSION_TOKEN": "token"]) { $1 }) == ["key", "secret", "token"])
    }

    @Test func `are taken from the shared file, by profile`() throws {
        let text = """
            # a comment
            \(file("default", "one"))
            [ farm ]
            AWS_ACCESS_KEY_ID=two
            aws_secret_access_key = a/b+c==
            aws_session_token = token=
            region = eu-west-1
            """
        let shared = try folder.write(text, to: "credentials")
        #expect(try found(["AWS_SHARED_CREDENTIALS_FILE": shared]) == ["one", "secret-one", nil])
        let farm = ["AWS_SHARED_CREDENTIALS_FILE": shared, "AWS_PROFILE": "farm"]
        #expect(try found(farm) == ["two", "a/b+c==", "token="])
    }

    @Test func `are taken from systemd's credential, and from the home folder`() throws {
        try folder.write(file("default", "service"), to: "s3")
        let home = try TemporaryFolder()
        #expect(
            try found(["CREDENTIALS_DIRECTORY": folder.path, "HOME": home.path]) == ["service", "secret-service", nil])
        #expect(throws: StoreError.noCredentials(store)) { try found(["HOME": home.path]) }
        try FileManager.default.createDirectory(atPath: home(".aws"), withIntermediateDirectories: false)
        try home.write(file("default", "home"), to: ".aws/credentials")
        #expect(try found(["CREDENTIALS_DIRECTORY": home.path, "HOME": home.path]) == ["home", "secret-home", nil])
    }

    @Test(arguments: [
        (nil, "default"), ("[default]\naws_access_key_id = SECRET\n", "default"),
        ("[default]\naws_access_key_id = SEC RET\naws_secret_access_key = SECRET\n", "default"), ("SECRET", "farm"),
    ])
    func `that cannot be used are named without a word of them`(text: String?, profile: String) throws {
        if let text { try folder.write(text, to: "credentials") }
        #expect {
            try found(["AWS_SHARED_CREDENTIALS_FILE": folder("credentials"), "AWS_PROFILE": profile])
        } throws: { error in
            guard let error = error as? StoreError, case .credentialsFile = error else { return false }
            return !error.message.contains("SECRET") && error.message.contains("credentials")
        }
    }

    @Test func `are read anew when they are refused`() throws {
        let shared = try folder.write(file("default", "one"), to: "credentials")
        let sources = S3CredentialSources(["AWS_SHARED_CREDENTIALS_FILE": shared], for: store)
        let first = try sources.current()
        #expect(try !sources.renew(after: first))
        try folder.write(file("default", "two"), to: "credentials")
        #expect(try sources.current() == first)
        #expect(try sources.renew(after: first))
        #expect(try sources.current().accessKey.revealed == "two")
    }
}
