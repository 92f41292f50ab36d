public import HTTP

extension Secret {
    /// Reads an API key of OctoPrint; white space around it does not matter.
    ///
    /// - Returns: `nil` for what can be none: nothing, more than 256 characters, or any that cannot stand in a header's value.
    public init?(octoPrintKey text: String) {
        let key = text.split(whereSeparator: \.isWhitespace)
        guard key.count == 1, key[0].utf8.count <= 256, key[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.init(String(key[0]))
    }
}
