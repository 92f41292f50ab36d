import Foundation
import Testing
import Vocabulary

@testable import Stores

@Suite struct `The place of a store` {
    @Test(arguments: [
        ("s3://pictures", "s3://pictures"), ("s3://pictures/", "s3://pictures"),
        ("S3://pictures/farm/one/", "s3://pictures/farm/one"),
        (
            "s3://pictures?style=path&endpoint=http%3A%2F%2F127.0.0.1%3A8080",
            "s3://pictures?endpoint=http://127.0.0.1:8080&style=path"
        ),
        (
            "s3://pictures/a?endpoint=https://example.org:443/&region=eu-west-1",
            "s3://pictures/a?endpoint=https://example.org&region=eu-west-1"
        ),
        ("/mnt/nas//pictures/", "/mnt/nas/pictures"), ("/mnt/./nas/../pictures", "/mnt/pictures"),
        ("/mnt/n a%20s/ü", "/mnt/n a%20s/ü"), ("/", "/"),
    ])
    func `has one text`(written: String, noted: String) throws {
        let location = try StoreLocation(written)
        #expect(location.description == noted)
        #expect(try StoreLocation(noted) == location)
    }

    @Test(arguments: [
        "nas", "./nas", "../nas", "../../nas", "./../nas", "../a/../nas", "a/../../nas", ".", "..", "a/..",
        "../../../../../../../../../../nas",
    ])
    func `in a folder is told from where the program was started`(written: String) throws {
        let whole = FileManager.default.currentDirectoryPath + "/" + written
        let expected = URL(filePath: whole, directoryHint: .notDirectory).standardized.path
        #expect(try StoreLocation(written).description == expected)
    }

    @Test(arguments: [
        "", "s3://", "s3://ab", "s3:///pictures", "s3://pictures//farm", "s3://pictures/../farm", "s3://pic tures",
        "s3://key:secret@pictures", "s3://pictures?endpoint=example.org", "s3://pictures?endpoint=http://k:SECRET@host",
        "s3://pictures?endpoint=http://host/path", "s3://pictures?secret=SECRET", "s3://pictures?style=both",
        "s3://pictures?region=EU", "s3://pictures?region=a&region=b", "https://example.org/SECRET",
    ])
    func `is refused without a word of what was written`(text: String) {
        #expect {
            try StoreLocation(text)
        } throws: { error in
            let error = error as? StoreError
            return error?.label == "store_location" && error?.message.contains("SECRET") == false
        }
    }
}

@Suite struct `The name of an object` {
    @Test(arguments: ["a", "a/b/c", "Prusa_MK4-1.zip", "0/1.2"])
    func `is taken`(text: String) {
        #expect(ObjectName(rawValue: text)?.description == text)
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", ".hidden", "a/.b", "a b", "ä", "a\\b", "a%2Fb",
        String(repeating: "a", count: 201), String(repeating: "a/", count: 256) + "a",
    ])
    func `is refused where a store would take it for something else`(text: String) {
        #expect(ObjectName(rawValue: text) == nil)
    }
}
