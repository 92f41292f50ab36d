/// The keys that say where a camera's address is found: a camera has one of them, or none for its authorized tunnel.
package enum AddressKey: String, CaseIterable, Sendable {
    case endpointFile = "endpoint_file"
    case endpointVariable = "endpoint_variable"
    case url

    /// What the key says with a value.
    func address(_ text: String, _ reader: YAMLReader) -> JobConfiguration.Address {
        switch self {
        case .endpointFile: .endpointFile(reader.besideFile(text))
        case .endpointVariable: .endpointVariable(text)
        case .url: .url(text)
        }
    }
}
