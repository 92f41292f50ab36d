import Foundation
import TestSupport

/// Python with PyPI's packages for the tests, which `scripts/setup --tests` puts into the build's folder.
enum Python {
    private static let folder = Article.root.appending(path: ".build/python")

    static func has(_ package: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: package).path)
    }

    static var environment: [String: String] { ["PYTHONPATH": folder.path] }

    static func run(_ arguments: String...) async throws -> (status: Int32, output: String) {
        try await StoresTests.run(["python3"] + arguments, environment: environment)
    }
}
