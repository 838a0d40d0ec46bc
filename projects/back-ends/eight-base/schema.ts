/** The part of a workspace's generated schema that signing in needs. */
export const typeDefs = /* GraphQL */ `
  scalar JSON
  type Query {
    user: User
    postsList: PostListResponse
  }
  type Mutation {
    userLogin(data: UserLoginInput!): LoginResponse
    userRefreshToken(data: RefreshTokenInput!): Auth
    userSignUpWithPassword(user: UserCreateInput!, password: String!, authProfileId: ID): User!
    userSignUpWithToken(user: UserCreateInput!, authProfileId: ID): User!
    userPasswordForgot(data: PasswordForgotInput!): SuccessResponse
    userPasswordForgotConfirm(data: PasswordForgotConfirmInput!): SuccessResponse
    userVerificationEmailResend(data: VerificationEmailResendInput!, authProfileId: ID): SuccessResponse
    userChangePassword(data: ChangePasswordInput!): SuccessResponse
  }
  type LoginResponse {
    success: Boolean
    auth: Auth
  }
  type Auth {
    idToken: String!
    refreshToken: String!
  }
  type SuccessResponse {
    success: Boolean
  }
  type User {
    id: ID
    email: String
    firstName: String
    lastName: String
    timezone: String
    roles: RoleListResponse
    permissions: PermissionListResponse
  }
  type RoleListResponse {
    count: Int!
    items: [Role!]!
  }
  type Role {
    id: ID
    name: String
  }
  type PermissionListResponse {
    count: Int!
    items: [Permission!]!
  }
  type Permission {
    resource: String
    resourceType: String
    permission: JSON
  }
  type PostListResponse {
    count: Int!
  }
  input UserLoginInput {
    email: String!
    password: String!
    authProfileId: ID
    fromInvitation: Boolean
  }
  input RefreshTokenInput {
    refreshToken: String!
    authProfileId: ID
    email: String
  }
  input UserCreateInput {
    email: String!
    firstName: String
    lastName: String
    timezone: String
  }
  input PasswordForgotInput {
    email: String!
    authProfileId: ID!
  }
  input PasswordForgotConfirmInput {
    email: String!
    code: String!
    newPassword: String!
    authProfileId: ID!
  }
  input VerificationEmailResendInput {
    email: String!
  }
  input ChangePasswordInput {
    refreshToken: String!
    email: String!
    oldPassword: String!
    newPassword: String!
    authProfileId: ID!
  }
`;
