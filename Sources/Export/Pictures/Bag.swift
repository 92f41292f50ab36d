internal import Vocabulary

/// What makes an export a BagIt 1.0 bag (RFC 8493): its payload lies in `data`, and beside that folder stand files that
/// describe and prove it.
enum Bag {
    static let payloadFolder = "data"
    static let manifestName = "manifest-sha256.txt"
    static let tagManifestName = "tagmanifest-sha256.txt"

    /// `bagit.txt` (section 2.1.1).
    static let declarationName = "bagit.txt"
    static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// `bag-info.txt` (section 2.2.2).
    static let informationName = "bag-info.txt"

    /// - Parameters:
    ///   - files: how many the payload has.
    ///   - bytes: how many these have.
    ///   - date: when it is made, by the clock on the wall.
    static func information(files: Int, bytes: Int64, date: CivilTime) -> String {
        """
        Bag-Software-Agent: Printlapse
        Bagging-Date: \(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))
        Bag-Size: \(ByteCount(bytes))
        Payload-Oxum: \(bytes).\(files)

        """
    }

    static let tagFiles = [declarationName, informationName, manifestName, tagManifestName]
}
